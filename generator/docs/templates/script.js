(function () {
  "use strict";
  var LIMIT = 40;
  var LAST = { field: 1, value: 1 };
  var form = document.querySelector(".search");
  var input = document.getElementById("page-search");
  var found = document.getElementById("page-found");
  var status = document.getElementById("page-status");
  var nav = document.querySelector(".side details");
  var loading = false;

  // The list of names is a script, which a page from the disk may load; only who searches needs it.
  function load() {
    if (loading) return;
    loading = true;
    var script = document.createElement("script");
    script.src = document.body.dataset.index;
    script.onload = search;
    script.onerror = function () { show([], "The list of names is missing: " + script.src); };
    document.head.appendChild(script);
  }

  // Smaller is better; -1 is no match.
  function rank(entry, word) {
    var name = entry[0].toLowerCase();
    var last = name.slice(name.lastIndexOf(".") + 1);
    if (last === word || name === word || entry[3] === word) return 0;
    if (last.indexOf(word) === 0) return 1;
    if (last.replace(/^k/, "").indexOf(word) === 0) return 2;
    if (last.indexOf(word) > 0) return 3;
    if (name.indexOf(word) >= 0) return 4;
    return entry[3].toLowerCase().indexOf(word) >= 0 ? 5 : -1;
  }

  function search() {
    var words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    if (!window.ipcSearchIndex || !words.length) return show(null, "");
    var matches = [];
    window.ipcSearchIndex.names.forEach(function (entry, place) {
      var module = window.ipcSearchIndex.pages[entry[2]][1].toLowerCase();
      var ranks = words.map(function (word, at) {
        var one = rank(entry, word);
        return one < 0 && at < words.length - 1 && module.indexOf(word) >= 0 ? 6 : one;
      });
      if (ranks.indexOf(-1) >= 0) return;
      var worst = Math.max.apply(null, ranks);
      matches.push([worst, LAST[entry[1]] || 0, entry[0].length, place, entry]);
    });
    matches.sort(function (a, b) {
      return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
    });
    var count = matches.length;
    show(matches.slice(0, LIMIT).map(function (match) { return match[4]; }),
      count === 1 ? "1 name" : count ? count + " names" : "Nothing is called that.");
  }

  function show(entries, said) {
    found.textContent = "";
    found.hidden = !entries;
    status.textContent = said;
    if (!entries) return;
    entries.forEach(function (entry) { found.appendChild(link(entry)); });
    if (!entries.length) found.appendChild(element("p", said));
  }

  function link(entry) {
    var page = window.ipcSearchIndex.pages[entry[2]];
    var path = page[0].split("/").map(encodeURIComponent).join("/");
    var a = element("a", "");
    a.href = document.body.dataset.up + path + "#" + encodeURIComponent(entry[0]);
    a.appendChild(element("i", entry[1]));
    a.appendChild(element("b", entry[0]));
    a.appendChild(element("small", entry[3] ? page[1] + "  " + entry[3] : page[1]));
    return a;
  }

  function element(tag, text) {
    var made = document.createElement(tag);
    made.textContent = text;
    return made;
  }

  function move(event) {
    var links = [].slice.call(found.querySelectorAll("a"));
    var at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      show(null, "");
      input.focus();
    } else if (event.key === "ArrowDown" && links.length) {
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (links[at - 1] || input).focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  function copy(text, button) {
    function done() {
      button.textContent = "Copied";
      setTimeout(function () { button.textContent = "Copy"; }, 1500);
    }
    function byHand() {
      getSelection().selectAllChildren(text);
      if (document.execCommand("copy")) done();
    }
    if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(done, byHand);
    else byHand();
  }

  form.hidden = false;
  form.addEventListener("keydown", move);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = found.querySelector("a");
    if (first) first.click();
  });
  input.addEventListener("focus", load);
  input.addEventListener("input", search);
  found.addEventListener("click", function () { show(null, ""); });
  document.addEventListener("click", function (event) {
    if (!form.contains(event.target)) show(null, "");
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    input.focus();
  });
  [].forEach.call(document.querySelectorAll(".code"), function (figure) {
    var button = element("button", "Copy");
    button.type = "button";
    button.setAttribute("aria-label", "Copy: " + figure.querySelector("figcaption").textContent);
    button.addEventListener("click", function () { copy(figure.querySelector("code"), button); });
    figure.appendChild(button);
  });
  if (nav && matchMedia("(max-width: 48rem)").matches) nav.open = false;
})();

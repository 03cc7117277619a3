" Colours of .ipc files; ../../vscode/syntaxes has the same as a TextMate grammar.
"
" No word of the language is reserved: what stands behind a word tells whether it is one.
if exists("b:current_syntax")
  finish
endif

syn match ipcStructure /\<\(const\|enum\|struct\|union\|interface\|channels\|feature\|type\)\ze\s\+\h/
syn match ipcStatement /\<module\ze\s\+\h/
syn match ipcStatement /\<import\ze\s*"/
syn match ipcStatement /\("\s*\)\@<=as\ze\s\+\h/
syn match ipcStatement /\<reserved\ze\s*[-+@"0-9]/
syn match ipcVerb /\<\(send\|invoke\|sync\|emit\|ask\|relay\|host\)\ze\s\+\h/
syn match ipcType /\<\(bool\|u\?int\(8\|16\|32\|64\)\|float\|double\|string\|any\)\ze\(\s*[(>?]\|\.\.\.\|\s\+\h\)/
syn match ipcType /[<,=]\s*\zs\(bool\|u\?int\(8\|16\|32\|64\)\|float\|double\|string\|any\)\ze\s*[,;>]/
syn match ipcType /\<\(array\|map\|result\|handle\|pending_\(associated_\)\?\(remote\|receiver\)\)\ze\s*</
syn match ipcType /\<handle\ze\(\s*[>?]\|\s\+\h\)/
syn match ipcConstraint /\<\(min\|max\|min_bytes\|max_bytes\|pattern\)\ze\s*=/
syn match ipcConstant /\(=\s*\)\@<=\(true\|false\|default\)\>/
syn match ipcConstant /\<\(float\|double\)\.\(INFINITY\|NEGATIVE_INFINITY\|NAN\)\>/
syn match ipcNumber /\<\(0[xX]\x\+\|\d\+\(\.\d\+\)\?\([eE][-+]\?\d\+\)\?\)\>/
syn match ipcOrdinal /@\d\+/
syn region ipcAttributes start=/\[/ end=/\]/ contains=ipcAttribute,ipcString,ipcNumber,ipcComment
syn keyword ipcAttribute contained AllowedContext Channel CustomSerializer DeadlineMs Default
syn keyword ipcAttribute contained Deprecated DirectReceiver DispatchDebugAlias EnableIf EnableIfNot
syn keyword ipcAttribute contained EstimateSize Extensible GenerateDirectReturnStub
syn keyword ipcAttribute contained IncludeSendValidation JavaClassName JavaConstantsClassName
syn keyword ipcAttribute contained JavaPackage MaxBytes MinVersion Native NoInterrupt Note
syn keyword ipcAttribute contained RenamedFrom RequireContext RuntimeFeature SendValidation
syn keyword ipcAttribute contained ServiceSandbox Stable SupportsUrgent Sync UnlimitedSize
syn keyword ipcAttribute contained UseCbReturn Uuid VendorSpecified
syn region ipcString start=/"/ skip=/\\./ end=/"/ oneline
syn region ipcComment start=+//+ end=/$/ contains=@Spell
syn region ipcComment start=+/\*+ end=+\*/+ contains=@Spell

hi def link ipcStructure Structure
hi def link ipcStatement Statement
hi def link ipcVerb Function
hi def link ipcType Type
hi def link ipcConstraint Label
hi def link ipcConstant Constant
hi def link ipcNumber Number
hi def link ipcOrdinal Special
hi def link ipcAttribute PreProc
hi def link ipcString String
hi def link ipcComment Comment

let b:current_syntax = "ipc"

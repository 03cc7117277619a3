"""Backends of users: a folder of templates that ipcgen renders over the IR.

    folder.py     what a folder holds, and the texts it makes
    helpers.py    the filters that every template has
    problem.py    mistakes in templates, said with file and line

README.md, "A backend of your own", is what users read.
"""

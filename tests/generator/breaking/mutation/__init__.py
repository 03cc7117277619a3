"""Whether `breaking` is right: random changes of schemas, judged by exchanging real messages.

    run            the command
    experiment.py  cases, verdicts, and where they disagree
    schemas.py     random schemas, as a model that can be changed and printed
    changes.py     random changes of a model
    values.py      random values that a type allows
    truth.py       the messages of a case, and which of them arrived
    meaning.py     whether a value that was received is the one that was sent
    program.py     the program of a batch
    exchange.h     what is the same in all of them     forms.h  values and JSON
"""

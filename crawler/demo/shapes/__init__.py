"""One module a kind of board, named as the kind: `answer(board, question)` says what such a board would."""

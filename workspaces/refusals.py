"""How the domain says no. The verbs of every room raise these; one middleware turns them into a message and a 4xx."""


class Refusal(Exception):
    """A rule of the domain says no; the message is what the reader is told.

    `about` is the field that it is about. One that is `passable` lets those through who may and say why; `way` is the
    address where they do, for the reader who may.
    """

    status = 409

    def __init__(self, message: object, *, about: str = "", passable: bool = False, way: str = ""):
        super().__init__(str(message))
        self.about, self.passable, self.way = about, passable, way


class NotAllowed(Refusal):
    """The actor lacks the right."""

    status = 403


class Stale(Refusal):
    """The record was changed by somebody else since the form was opened."""

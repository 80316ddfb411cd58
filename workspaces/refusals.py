"""How the domain says no. The verbs of every room raise these; one middleware turns them into a message and a 4xx."""


class Refusal(Exception):
    """A rule of the domain says no; the message is what the reader is told."""

    status = 409

    def __init__(self, message: object):
        super().__init__(str(message))


class NotAllowed(Refusal):
    """The actor lacks the right."""

    status = 403


class Stale(Refusal):
    """The record was changed by somebody else since the form was opened."""

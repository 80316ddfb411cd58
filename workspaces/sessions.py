"""The sessions of people who signed in, in the database; read by a statement that is compiled once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.statements import Statement

BY_KEY = Statement(lambda key: Session.objects.filter(session_key=key), key=str)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        session: Session | None = next(iter(BY_KEY(key=self.session_key)), None)
        if session and session.expire_date > timezone.now():
            return session
        self._session_key = None
        return None

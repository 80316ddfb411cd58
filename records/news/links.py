"""The links in letters that need no sign-in: signed, so that nobody makes one for somebody else."""

from dataclasses import astuple, dataclass

from django.conf import settings
from django.core import signing

from records.models import Attention, Record
from workspaces.models import Membership
from workspaces.urls_public import public_reverse

from .sources import followed_types

SALT = "records.news.links"


@dataclass(frozen=True)
class Link:
    """What a link does for the member who got the letter: it follows a record no longer, or gets no more letters of
    some kinds. It tells nothing to whoever has it, and works as long as the workspace does."""

    workspace_id: int
    member_id: int
    about: str = ""
    record: int = 0
    kinds: tuple[str, ...] = ()

    @classmethod
    def unfollow(cls, member: Membership, record: Record | None) -> "Link | None":
        return cls(member.workspace_id or 0, member.pk, record.record_name, record.pk) if record else None

    @classmethod
    def stop(cls, member: Membership, kinds: list[str]) -> "Link":
        return cls(member.workspace_id or 0, member.pk, kinds=tuple(kinds))

    @classmethod
    def read(cls, token: str) -> "Link | None":
        """What a token stands for; None for one that we did not sign."""
        try:
            workspace_id, member_id, about, record, kinds = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(workspace_id, member_id, about, record, tuple(kinds))

    @property
    def url(self) -> str:
        token = signing.dumps(astuple(self), salt=SALT, compress=True)
        return settings.SITE_URL + public_reverse("letters:unfollow", token)

    def shown_to(self, member: Membership) -> Record | None:
        """The record, if the member may still see it."""
        model = followed_types().get(self.about)
        return model.objects.visible_to(member).filter(pk=self.record).first() if model else None

    def act(self, member: Membership) -> None:
        """Do what it says; done again it changes nothing."""
        if model := followed_types().get(self.about):
            model.follower().objects.filter(member=member, record=self.record).delete()
        else:
            Attention.of(member).stop_letters(list(self.kinds))

"""Letters that tell of news: one a member for all that is due, in its language, with a way out of them."""

from email.policy import default
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext

from records.models import Attention, Notice
from workspaces.jobs import Job, speaking_to
from workspaces.models import Membership
from workspaces.urls_public import at_home

from .links import Link
from .making import readers
from .words import News, told

#: as much as one letter tells
MOST = 40
#: characters of a line in a letter (RFC 5322, section 2.1.1)
LONGEST_LINE = 998


class Letter(EmailMultiAlternatives):
    """A letter whose headers stand in one line each: a link that is folded is encoded, and none to mail programs."""

    def message(self, *, policy: Any = default) -> Any:
        return super().message(policy=policy.clone(max_line_length=LONGEST_LINE))


def send(job: Job, member_id: int) -> None:
    """Tell a member by letter what is due. Run again it finds nothing: what a letter tells is marked before it leaves,
    and free again only where the mail server refused it. The product tells all of it as well, so of the two ends of a
    worker that is killed in between, no letter is the better one."""
    with job.transaction():
        member = readers().filter(pk=member_id).first()
        if member is None:
            return
        waiting = Notice.objects.unread().filter(member=member, mail_at__lte=timezone.now(), mailed_at=None)
        due = list(waiting.select_related("change_set__undoes").select_for_update(of=("self",)).order_by("-pk"))
        letter = letter_to(member, due)
        ids = [notice.pk for notice in due]
        Notice.objects.filter(pk__in=ids).update(mailed_at=timezone.now())
    if letter:
        try:
            letter.send()
        except Exception:
            with job.transaction():
                Notice.objects.filter(pk__in=ids).update(mailed_at=None)
            raise


def letter_to(member: Membership, notices: list[Notice]) -> EmailMultiAlternatives | None:
    """The letter, as text and as plain HTML; None where there is nothing that the member may and wants to read."""
    chosen = Attention.of(member)
    wanted = [notice for notice in notices if chosen.letter(notice.kind) != "none"]
    with speaking_to(member, member.workspace), at_home(member.workspace):
        news = [one for one in told(wanted, member) if not one.is_undone]
        return written(member, news) if news else None


def written(member: Membership, news: list[News]) -> EmailMultiAlternatives:
    workspace, site = member.workspace, settings.SITE_URL
    entries = [(one, site + one.address, Link.unfollow(member, one.followed)) for one in news[:MOST]]
    stop = Link.stop(member, sorted({one.notice.kind for one in news}))
    context = {
        "workspace": workspace,
        "member": member,
        "entries": entries,
        "more": len(news) - len(entries),
        "list_url": f"{site}{workspace.get_absolute_url()}notifications/",
        "choose_url": f"{site}{workspace.get_absolute_url()}notifications/settings/",
    }
    letter = Letter(
        subject_of(news, str(workspace)),
        render_to_string("records/news/letter.txt", context),
        to=[formataddr((" ".join(member.name.split()), member.user.email))] if member.user else [],
        headers={"List-Unsubscribe": f"<{stop.url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    letter.attach_alternative(render_to_string("records/news/letter.html", context), "text/html")
    return letter


def subject_of(news: list[News], workspace: str) -> str:
    """Of one piece of news what it is, of several how many."""
    if len(news) == 1:
        return " ".join(news[0].sentence.split())
    text = ngettext("%(count)d piece of news in %(workspace)s", "%(count)d pieces of news in %(workspace)s", len(news))
    return text % {"count": len(news), "workspace": workspace}

"""Letters of a workspace, written in its language and sent by the worker."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from .jobs import RETRY, Job, workspace_job
from .models import Invitation


@workspace_job(queue="mail", batches=True, retry=RETRY)
def send_invitation(job: Job, invitation_id: int) -> None:
    """Send the letter of an invitation, unless that was withdrawn or accepted meanwhile.

    The link's token is stored before the letter leaves: a letter never leads nowhere. When the job runs again, the
    new letter's link takes the place of the old one.
    """
    with job.transaction():
        invitations = Invitation.objects.select_related("workspace", "membership", "invited_by")
        invitation = invitations.filter(pk=invitation_id).first()
        if invitation is None or not invitation.is_open:
            return
        letter = invitation_letter(invitation)
    letter.send()


def invitation_letter(invitation: Invitation) -> EmailMultiAlternatives:
    """The letter with a new link, as text and as plain HTML; answers go to whoever invites."""
    inviter = invitation.invited_by
    context = {"invitation": invitation, "inviter": inviter, "link": invitation.new_link()}
    with translation.override(invitation.workspace.language):
        subject = " ".join(render_to_string("workspaces/letters/invitation.subject.txt", context).split())
        text = render_to_string("workspaces/letters/invitation.txt", context)
        html = render_to_string("workspaces/letters/invitation.html", context)
    reply_to = [inviter.email] if inviter and inviter.email else []
    letter = EmailMultiAlternatives(subject, text, to=[invitation.email], reply_to=reply_to)
    letter.attach_alternative(html, "text/html")
    return letter

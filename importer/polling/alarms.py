"""alarms: one mail to the site's administrators when a source breaks, and one when it is back."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from importer.models import Source
from importer.polling.asking import Outcome, address_of
from importer.saying import one_line

PATIENCE = 20  # seconds for the mail server


def raise_alarm(outcome: Outcome) -> str:
    """Tell the administrators if there is something to tell; a sentence where the mail could not be sent, else ""."""
    if outcome.broke:
        return send(*broken(outcome.source))
    return send(*back(outcome.source)) if outcome.back else ""


def broken(source: Source) -> tuple[str, str]:
    """Subject and text."""
    if source.gone:
        then = "It is not asked again, unless somebody resumes it there."
    else:
        then = (
            f"It failed {source.failures} times in a row and is tried again by itself, less and less often."
        )
    text = f"{source.last_error}\n\n{then} There will be no other mail until it is back."
    return f"A source cannot be read: {source}", f"{text}\n\n{where(source)}"


def back(source: Source) -> tuple[str, str]:
    return f"A source is back: {source}", f"It can be read again.\n\n{where(source)}"


def where(source: Source) -> str:
    page = reverse("admin:importer_source_change", args=[source.pk])
    return f"The source: {address_of(source)}\nAt the desk: {settings.SITE_URL}{page}\n"


def send(subject: str, text: str) -> str:
    if not settings.SITE_ADMINS:
        return ""
    # The title is the source's own word: on one line, and no longer than a subject is.
    subject = one_line(f"{settings.SITE_NAME}: {subject}")[:200]
    try:
        connection = get_connection(timeout=PATIENCE)
        EmailMessage(subject, text, to=settings.SITE_ADMINS, connection=connection).send()
    except Exception as problem:  # whatever a mail server, its library or its address comes up with
        return f"The mail “{subject}” could not be sent ({type(problem).__name__}). Check EMAIL_URL."
    return ""

"""The server of the journeys, when a browser leaves in the middle of an answer."""

from threading import Event

from django.core.handlers.base import BaseHandler


def test_what_a_browser_asked_for_is_answered_though_it_has_left(open_page, answered, alice, monkeypatch):
    page, asked, goes_on, answers, answer = open_page(alice), Event(), Event(), [], BaseHandler.get_response

    def slowly(handler: BaseHandler, request):
        asked.set()
        goes_on.wait(1)
        answers.append(answer(handler, request))
        return answers[-1]

    page.goto("people/")
    monkeypatch.setattr(BaseHandler, "get_response", slowly)
    page.evaluate("void fetch('/w/acme/deals/')")
    assert asked.wait(10)
    page.close()
    assert answers == []
    answered()
    assert {response.status_code for response in answers} == {200}

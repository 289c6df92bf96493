"""The response contract, on every route, for every role and method, with sense and nonsense."""

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter

from careercenter.accounts.models import Role
from tests.client import without_tokens
from tests.factories import make_application, make_employer, make_posting, make_user, owner_of

ALLOWED = {200, 302, 303, 304, 308, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 502, 503}
NONSENSE = ["\x00", "-1", "1e3", "٣", "' OR 1=1--", "9" * 30, "{{7*7}}", "../../etc/passwd", "%s%n"]
BODIES = [
    {},
    {"version": "x", "title": "\x00"},
    {"version": "9" * 40, "email": "a\r\nBcc: b@example.com", "role": "moderator"},
    {"version": "1", "title": "<script>" * 50, "description": "x" * 30_000, "pay_low": "NaN"},
]
ROLES = [None, Role.CANDIDATE, Role.EMPLOYER, Role.MODERATOR, Role.FINANCE]


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/dev/")]


def address(app, rule, value: object, number: object) -> str:
    """The rule with its gaps filled: numbers with ``number``, the rest with ``value``."""
    parts = {name: fill(rule._converters[name], value, number) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(
            rule.endpoint, parts, method=next(iter(rule.methods))
        )


def fill(converter, value: object, number: object) -> object:
    """What this kind of gap takes."""
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return number if isinstance(converter, IntegerConverter) else value


@pytest.fixture
def signed_in(client, session, request):
    role = request.param
    if role is Role.EMPLOYER:
        client.sign_in(owner_of(session, make_employer(session)))
    elif role is not None:
        client.sign_in(make_user(session, role))
    return client


@pytest.mark.parametrize("signed_in", ROLES, indirect=True, ids=str)
def test_no_route_breaks_for_anybody(signed_in, app, session):
    """Another's ids: whatever is not one's own is not found, and nothing is ever a 500."""
    posting = make_posting(session)
    make_application(session, posting)
    session.commit()
    for rule in rules(app):
        path = address(app, rule, "nonsense", posting.id)
        for method in sorted(rule.methods - {"OPTIONS"}):
            for body in BODIES if method == "POST" else [None]:
                response = signed_in.open(path, method=method, data=body)
                assert response.status_code in ALLOWED, (method, rule.rule, response.status_code)


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_an_address_is_not_found_or_not_understood(client, app, value):
    for rule in rules(app):
        if not rule.arguments:
            continue
        path = rule.rule
        for name in rule.arguments:
            start = path.index("<")
            path = path[:start] + value + path[path.index(">") + 1 :]
            assert name
        assert client.get(path).status_code in {302, 400, 404, 405}, rule.rule


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_a_query_never_breaks_a_page(client, app, value):
    for rule in rules(app):
        if rule.arguments or "GET" not in rule.methods:
            continue
        names = ["q", "page", "sort", "where", "pay", "next", "as", "state", "session_id", "miles"]
        response = client.get(rule.rule, query_string=dict.fromkeys(names, value))
        assert response.status_code in ALLOWED, (rule.rule, response.status_code)


def test_every_route_that_takes_a_post_says_who_may(app):
    """A new route without a rule is noticed: it guards itself, or it is on this list."""
    open_to_all = {
        "accounts.register", "accounts.login", "accounts.logout", "accounts.forgotten",
        "accounts.reset", "accounts.confirm", "pages.set_theme", "billing.webhook",
        "team.register", "verification.confirm", "claims.confirm",
        "heartbeat.answer", "renewals.stop",
        "visiting.fit", "visiting.forget", "visiting.hide", "visiting.show",
        "guests.begin", "guests.revise", "guests.ask_for_link", "guests.discard",
        "guests.register",
        "visiting.hide_employer", "visiting.show_employer", "visiting.show_all", "visiting.recent",
    }  # fmt: skip
    for rule in rules(app):
        if "POST" in rule.methods and rule.endpoint not in open_to_all:
            view = app.view_functions[rule.endpoint]
            guarded = hasattr(view, "access") or hasattr(
                getattr(view, "__wrapped__", None), "access"
            )
            assert guarded, rule.endpoint


def test_a_wrong_method_says_which_are_allowed(client):
    response = client.open("/login", method="DELETE")
    assert (response.status_code, "POST" in response.headers["Allow"]) == (405, True)


def test_too_large_a_request_is_refused(client):
    response = client.post("/login", data={"email": "x" * 300_000})
    assert (response.status_code, "That request is too large." in response.text) == (413, True)


def test_a_form_from_another_site_is_refused(client, session, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    client.sign_in(make_user(session))
    response = client.post("/logout", headers={"Origin": "https://evil.test"})
    assert response.status_code == 400
    assert "This form has expired. Reload the page and try again." in response.text


def test_a_form_without_its_token_is_refused(client, session, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    client.sign_in(make_user(session))
    assert client.post("/account/sign-outs").status_code == 400


def test_what_is_missing_and_what_is_anothers_look_the_same(client, session):
    client.sign_in(owner_of(session, make_employer(session)))
    others = client.get(f"/hire/postings/{make_posting(session).id}")
    missing = client.get("/hire/postings/999999")
    assert (others.status_code, missing.status_code) == (404, 404)
    same = missing.text.replace("999999", str(others.request.path.split("/")[-1]))
    assert without_tokens(others.text) == without_tokens(same)


def test_the_pages_of_somebody_are_never_kept(client, session):
    client.sign_in(make_user(session))
    assert client.get("/account").headers["Cache-Control"] == "no-store"


def test_a_visitors_page_is_checked_again_by_its_etag(client):
    first = client.get("/login")
    assert first.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("origin", ["http://[", "null", "https://evil.test", "://", "x" * 5000])
def test_a_strange_origin_is_refused_and_breaks_nothing(client, origin):
    assert client.post("/theme", headers={"Origin": origin}).status_code == 400


@pytest.mark.parametrize("host", ["x" * 3000, "<b>", "a b", "ex\xe4mple.test", "evil.test/?"])
def test_a_strange_host_is_refused_and_breaks_nothing(made_app, host):
    answer = made_app.test_client(use_cookies=False)
    plain = FlaskClient.open(answer, "/jobs", headers={"Host": host})
    assert (plain.status_code, plain.headers["X-Content-Type-Options"]) == (400, "nosniff")

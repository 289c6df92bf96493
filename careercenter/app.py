"""The application factory."""

import gc
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, Response
from flask_compress import Compress
from sqlalchemy.orm import sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

from careercenter import clock
from careercenter.accounts.tokens import Tokens
from careercenter.accounts.views import blueprint as accounts
from careercenter.amending.views import blueprint as amending
from careercenter.applications.views import blueprint as applications
from careercenter.billing.gateway import Payments, make_payments
from careercenter.billing.views import blueprint as billing
from careercenter.books.views import blueprint as books
from careercenter.bundles.views import blueprint as bundles
from careercenter.claims.views import blueprint as claims
from careercenter.config import Settings
from careercenter.coupons.views import blueprint as coupons
from careercenter.custom_fields.views import blueprint as custom_fields
from careercenter.database import prepare
from careercenter.disputes.gateway import make_disputes
from careercenter.disputes.views import blueprint as disputes
from careercenter.drafting.whole_views import blueprint as drafting
from careercenter.extensions import csrf, db, end_reading, login_manager
from careercenter.feeds.views import blueprint as feeds
from careercenter.gifts.views import blueprint as gifts
from careercenter.guests.views import blueprint as guests
from careercenter.heartbeat.views import blueprint as heartbeat
from careercenter.hire.views import blueprint as hire
from careercenter.imports.views import blueprint as imports
from careercenter.insights.access import count_apply_starts
from careercenter.insights.reach_log import ReachLog
from careercenter.insights.search_log import SearchLog
from careercenter.insights.volumes import Volumes
from careercenter.invoicing.desk import blueprint as invoice_desk
from careercenter.invoicing.gateway import make_invoices
from careercenter.invoicing.views import blueprint as invoicing
from careercenter.landings.views import blueprint as landings
from careercenter.lifecycle.views import blueprint as lifecycle
from careercenter.listings.following import EmbeddedListings
from careercenter.listings.index import ListingSearch, SearchDown
from careercenter.listings.views import blueprint as listings
from careercenter.me.views import blueprint as me
from careercenter.moderation.copy_views import blueprint as changes
from careercenter.moderation.views import blueprint as moderation
from careercenter.numbers.views import blueprint as numbers
from careercenter.pages.gateway import MailCheck
from careercenter.pages.views import blueprint as pages
from careercenter.plans.views import blueprint as plans
from careercenter.portal.gateway import make_portal
from careercenter.portal.views import blueprint as portal
from careercenter.profile.views import blueprint as profile
from careercenter.publishing.views import blueprint as publishing
from careercenter.purchases.views import blueprint as purchases
from careercenter.refunds.gateway import make_refunds
from careercenter.registry.views import blueprint as registry
from careercenter.renewals.views import blueprint as renewals
from careercenter.screening.views import blueprint as screening
from careercenter.storage import LocalStorage, Storage
from careercenter.subscriptions.gateway import make_subscriptions
from careercenter.subscriptions.views import blueprint as subscriptions
from careercenter.taxonomy.codes import Codes
from careercenter.taxonomy.places import Places, build_reference
from careercenter.team.views import blueprint as team
from careercenter.upgrades.views import blueprint as upgrades
from careercenter.verification.gateway import NameServers, Resolver
from careercenter.verification.views import blueprint as verification
from careercenter.visiting.views import blueprint as visiting
from careercenter.web import dev_mail
from careercenter.web.assets import prepare as prepare_static
from careercenter.web.assets import register_assets
from careercenter.web.errors import register_error_pages
from careercenter.web.flask_config import flask_config
from careercenter.web.limits import register_limits
from careercenter.web.logs import register_request_log
from careercenter.web.security import refuse_strange_hosts, register_security
from careercenter.web.templates import Templates, register_templates
from careercenter.web.wording import speak_plainly

ROOT = Path(__file__).parent.parent
BLUEPRINTS = (
    accounts,
    listings,
    applications,
    plans,
    billing,
    publishing,
    coupons,
    bundles,
    books,
    purchases,
    disputes,
    gifts,
    upgrades,
    subscriptions,
    renewals,
    moderation,
    changes,
    custom_fields,
    amending,
    lifecycle,
    invoicing,
    invoice_desk,
    portal,
    heartbeat,
    hire,
    numbers,
    screening,
    imports,
    drafting,
    profile,
    team,
    verification,
    claims,
    guests,
    registry,
    me,
    landings,
    visiting,
    pages,
    feeds,
)


def create_app(
    settings: Settings,
    *,
    payments: Payments | None = None,
    search: ListingSearch | None = None,
    storage: Storage | None = None,
    resolver: Resolver | None = None,
) -> Flask:
    """Build the app. Tests pass fakes for the services that live elsewhere."""
    app = Flask("careercenter", template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_environment = Templates
    app.config.update(flask_config(settings))
    reference, static = prepare_data_dir(settings)
    app.extensions |= {
        "settings": settings,
        "tokens": Tokens(settings),
        "places": Places(reference),
        "codes": Codes(reference),
        **make_tills(settings, payments),
        "listings": search or make_listings(settings),
        "storage": storage or LocalStorage(settings.data_dir / "files"),
        "resolver": resolver or NameServers(),
        "mail_check": MailCheck(settings),
    }
    bind_extensions(app)
    keep_counts(app, settings)
    register_request_log(app)
    register_security(app, settings)
    register_templates(app, settings)
    register_error_pages(app)
    register_limits(app, settings)
    for blueprint in (*BLUEPRINTS, *(() if settings.production else (dev_mail.blueprint,))):
        app.register_blueprint(blueprint)
    register_assets(app, static)
    guard(app, settings)
    return app


def guard(app: Flask, settings: Settings) -> None:
    """What stands before the app: proxies that are trusted, and only hosts that are ours."""
    app.wsgi_app = refuse_strange_hosts(app.wsgi_app)  # type: ignore[method-assign, assignment]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def make_tills(settings: Settings, payments: Payments | None) -> dict[str, object]:
    """The ways to Stripe."""
    return {
        "payments": payments or make_payments(settings),
        "invoices": make_invoices(settings),
        "portal": make_portal(settings),
        "subscriptions": make_subscriptions(settings),
        "refunds": make_refunds(settings),
        "disputes": make_disputes(settings),
    }


def make_listings(settings: Settings) -> ListingSearch:
    """The search server, where there is one: a board without it need not load its client."""
    if not settings.meili_url:
        return EmbeddedListings(settings.database_url)
    module = import_module("careercenter.listings.meilisearch")
    server: ListingSearch = module.MeiliListings(
        settings.meili_url, settings.meili_search_key, before=end_reading
    )
    return server


def prepare_data_dir(settings: Settings) -> tuple[Path, Path]:
    """The table of places and the compressed static files, made once for each version of them."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    reference = settings.data_dir / "reference.db"
    build_reference(reference)
    return reference, prepare_static(ROOT / "static", settings.data_dir / "static")


def bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    csrf.init_app(app)
    speak_plainly()
    login_manager.session_protection = "basic"
    login_manager.init_app(app)
    Compress(app)


def keep_counts(app: Flask, settings: Settings) -> None:
    """What is counted in memory is written down after an answer, when it is time."""
    with app.app_context():
        sessions = sessionmaker(db.engine)
    searches, reach = SearchLog(sessions), ReachLog(sessions, ZoneInfo(settings.board_zone))
    app.extensions |= {"search_log": searches, "reach": reach, "volumes": Volumes()}
    app.after_request(count_apply_starts)

    @app.after_request
    def write_down(response: Response) -> Response:
        now = clock.now()
        for name in ("search_log", "reach"):
            log: SearchLog | ReachLog = app.extensions[name]
            if log.due(now):
                response.call_on_close(partial(log.write, now))
        return response


def before_fork(app: Flask) -> None:
    """Make what the workers share, and leave no connection that two of them could use."""
    listings = app.extensions["listings"]
    if isinstance(listings, EmbeddedListings):
        gc.disable()  # twenty thousand listings make no rubbish, and collecting takes a fifth
        with suppress(SearchDown):  # it builds itself once the database answers
            listings.build()
        gc.enable()
    with app.app_context():
        db.engine.dispose()

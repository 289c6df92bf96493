"""What the worker does: the letters, the tasks, and what the clock asks for."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Flask

from careercenter.accounts.handlers import letters as account_letters
from careercenter.accounts.usecases import forget_old_attempts
from careercenter.amending.handlers import LETTERS as AMENDING_LETTERS
from careercenter.applications.handlers import LETTERS as APPLICATION_LETTERS
from careercenter.applications.handlers import handlers as application_handlers
from careercenter.billing.handlers import LETTERS as BILLING_LETTERS
from careercenter.billing.handlers import Followers, joined
from careercenter.billing.handlers import task_handlers as billing_handlers
from careercenter.claims.handlers import letters as claim_letters
from careercenter.config import Settings
from careercenter.credits.handlers import TASKS as CREDIT_TASKS
from careercenter.disputes.handlers import LETTERS as DISPUTE_LETTERS
from careercenter.disputes.handlers import TASKS as DISPUTE_TASKS
from careercenter.disputes.handlers import event_handlers as dispute_events
from careercenter.drafting.handlers import LETTERS as DRAFTING_LETTERS
from careercenter.drafting.handlers import TASKS as DRAFTING_TASKS
from careercenter.featuring.handlers import TASKS as FEATURING_TASKS
from careercenter.guests.handlers import TASKS as GUEST_TASKS
from careercenter.guests.handlers import letters as guest_letters
from careercenter.heartbeat.handlers import HANDLERS as HEARTBEAT_HANDLERS
from careercenter.heartbeat.handlers import letters as heartbeat_letters
from careercenter.hire.handlers import letters as hire_letters
from careercenter.hire.handlers import task_handlers as hire_handlers
from careercenter.hire.weekly import TASK as WEEKLY
from careercenter.imports.handlers import handlers as import_handlers
from careercenter.imports.steps import Bench
from careercenter.insights.usecases import forget_old_reach, forget_old_searches
from careercenter.invoicing.handlers import LETTERS as INVOICE_LETTERS
from careercenter.invoicing.handlers import followers as invoice_followers
from careercenter.invoicing.handlers import task_handlers as invoice_handlers
from careercenter.lifecycle.handlers import task_handlers as lifecycle_handlers
from careercenter.mail import Builder, Mailer, mail_handlers, make_mailer
from careercenter.moderation.handlers import LETTERS as MODERATION_LETTERS
from careercenter.profile.handlers import handlers as profile_handlers
from careercenter.publishing.handlers import LETTERS as PUBLISHING_LETTERS
from careercenter.publishing.handlers import TASKS as PUBLISHING_TASKS
from careercenter.refunds.handlers import DUPLICATES
from careercenter.refunds.handlers import LETTERS as REFUND_LETTERS
from careercenter.refunds.handlers import event_handlers as refund_events
from careercenter.refunds.handlers import task_handlers as refund_handlers
from careercenter.renewals.handlers import HANDLERS as RENEWAL_HANDLERS
from careercenter.renewals.handlers import letters as renewal_letters
from careercenter.subscriptions.handlers import LETTERS as SUBSCRIPTION_LETTERS
from careercenter.subscriptions.handlers import followers as subscription_followers
from careercenter.subscriptions.handlers import task_handlers as subscription_handlers
from careercenter.tasks import Handler, Recurring, forget_done_tasks
from careercenter.team.handlers import letters as team_letters
from careercenter.verification.handlers import handlers as verification_handlers
from careercenter.verification.handlers import letters as verification_letters

SCHEDULE = (
    Recurring("billing_sweep", timedelta(minutes=10)),
    Recurring("tend_invoices", timedelta(minutes=10)),
    Recurring(DUPLICATES, timedelta(minutes=10)),
    Recurring(WEEKLY, timedelta(days=1)),
    Recurring("sign_unsigned", timedelta(minutes=10)),
    Recurring("renew_postings", timedelta(hours=1)),
    Recurring("sync_subscriptions", timedelta(hours=1)),
    Recurring("expire_credits", timedelta(hours=1)),
    Recurring("feature_waiting", timedelta(hours=1)),
    Recurring("ask_who_still_hires", timedelta(hours=1)),
    Recurring("forget_done_tasks", timedelta(days=1)),
    Recurring("forget_old_applications", timedelta(days=1)),
    Recurring("forget_old_attempts", timedelta(days=1)),
    Recurring("forget_old_imports", timedelta(days=1)),
    Recurring("forget_old_reach", timedelta(days=1)),
    Recurring("forget_guest_drafts", timedelta(days=1)),
    Recurring("remind_guests", timedelta(days=1)),
    Recurring("remind_writers", timedelta(days=1)),
    Recurring("promise_lookups", timedelta(days=1)),
    Recurring("forget_old_searches", timedelta(days=1)),
)


def letters(app: Flask) -> dict[str, Builder]:
    """Every letter the board writes, by name."""
    return {
        **account_letters(app.extensions["tokens"]),
        **APPLICATION_LETTERS,
        **AMENDING_LETTERS,
        **BILLING_LETTERS,
        **DRAFTING_LETTERS,
        **INVOICE_LETTERS,
        **REFUND_LETTERS,
        **DISPUTE_LETTERS,
        **heartbeat_letters(app.extensions["settings"]),
        **MODERATION_LETTERS,
        **PUBLISHING_LETTERS,
        **SUBSCRIPTION_LETTERS,
        **renewal_letters(app.extensions["settings"]),
        **hire_letters(app.extensions["settings"]),
        **claim_letters(app.extensions["tokens"]),
        **guest_letters(app.extensions["tokens"]),
        **team_letters(app.extensions["tokens"]),
        **verification_letters(app.extensions["tokens"]),
    }


def followers(app: Flask) -> Followers:
    """Who acts on Stripe's messages beside billing itself."""
    settings: Settings = app.extensions["settings"]
    payments, disputes = app.extensions["payments"], app.extensions["disputes"]
    return joined(
        invoice_followers(app.extensions["invoices"], settings),
        subscription_followers(app.extensions["subscriptions"], settings),
        refund_events(app.extensions["refunds"], settings),
        dispute_events(disputes, payments, settings),
    )


def task_handlers(app: Flask, mailer: Mailer | None = None) -> dict[str, Handler]:
    """What the worker can do, by kind."""
    settings: Settings = app.extensions["settings"]
    bench = Bench(app.extensions["places"], ZoneInfo(settings.board_zone))
    return {
        **mail_handlers(app, settings, mailer or make_mailer(settings), letters(app)),
        **application_handlers(app.extensions["storage"]),
        **profile_handlers(app.extensions["storage"]),
        **verification_handlers(app.extensions["storage"], app.extensions["resolver"], settings),
        **lifecycle_handlers(settings),
        **HEARTBEAT_HANDLERS,
        **money_handlers(app, settings),
        **hire_handlers(settings),
        **import_handlers(bench, app.app_context),
        **RENEWAL_HANDLERS,
        **CREDIT_TASKS,
        **FEATURING_TASKS,
        **PUBLISHING_TASKS,
        **GUEST_TASKS,
        **DRAFTING_TASKS,
        "forget_done_tasks": forget_done_tasks,
        "forget_old_attempts": forget_old_attempts,
        "forget_old_reach": forget_old_reach,
        "forget_old_searches": forget_old_searches,
    }


def money_handlers(app: Flask, settings: Settings) -> dict[str, Handler]:
    """What Stripe is asked for, and what is done about what it tells."""
    return {
        **billing_handlers(app.extensions["payments"], settings, followers(app)),
        **invoice_handlers(app.extensions["invoices"], settings),
        **subscription_handlers(app.extensions["subscriptions"], settings),
        **refund_handlers(app.extensions["refunds"], settings),
        **DISPUTE_TASKS,
    }

"""What the outside tells this installation, read once and checked: every missing or unsafe value gets a sentence.

Nothing else in the house reads `os.environ`. With nothing set at all, the installation is a safe local one: embedded PostgreSQL,
a secret key made once and kept in the data folder, mail written to files.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from zenne.core.numbers import whole_number

ROOT = Path(__file__).resolve().parents[2]


class UnsafeEnvironment(Exception):
    """The environment cannot be started from; the text lists every fault, one sentence a line."""


@dataclass(frozen=True)
class Environment:
    data: Path
    debug: bool
    secret_key: str
    identity_key: str
    database_url: str
    replica_url: str
    allowed_hosts: tuple[str, ...]
    base_url: str
    host: str
    port: int
    mail_url: str
    mail_from: str
    mail_bounces: str
    mail_rate: int
    storage: str
    cache_url: str
    workers: int
    basemap_url: str
    basemap_credit: str
    webhooks_local: bool
    election: str
    oidc: tuple[dict[str, str], ...] = field(default=())

    @property
    def public(self) -> bool:
        """Whether people outside this machine are meant to reach the installation."""
        return not set(self.allowed_hosts) <= LOCAL_HOSTS

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")


POSTGRES = ("postgres", "postgresql")
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]", ".localhost", "testserver"}


def kept_secret(data: Path) -> str:
    """The secret key of a local installation: made once, readable by its owner only."""
    path = data / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """The environment as plain checked values. Raises UnsafeEnvironment with one sentence per fault."""
    faults: list[str] = []
    data = Path(environ.get("ZENNE_DATA") or ROOT / "var").expanduser().resolve()
    port = _number(environ, "PORT", 8000, 1, 65535, faults)
    hosts = environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,.localhost,[::1]").split(",")
    values = Environment(
        data=data,
        debug=environ.get("ZENNE_DEBUG", "") == "1",
        secret_key=environ.get("SECRET_KEY", ""),
        identity_key=environ.get("IDENTITY_KEY", ""),
        database_url=environ.get("DATABASE_URL", ""),
        replica_url=environ.get("REPLICA_URL", ""),
        allowed_hosts=tuple(host.strip() for host in hosts if host.strip()),
        base_url=environ.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        host=environ.get("HOST", "127.0.0.1"),
        port=port,
        mail_url=environ.get("MAIL_URL", f"file://{data / 'mail'}"),
        mail_from=environ.get("MAIL_FROM", "Zenne <no-reply@localhost>"),
        mail_bounces=environ.get("MAIL_BOUNCES", "").strip(),
        mail_rate=_number(environ, "MAIL_RATE", 600, 1, 100_000, faults),
        storage=environ.get("STORAGE_URL", f"file://{data / 'files'}"),
        cache_url=environ.get("CACHE_URL", ""),
        workers=_number(environ, "WEB_WORKERS", 2, 1, 64, faults),
        basemap_url=environ.get("BASEMAP_URL", ""),
        basemap_credit=environ.get("BASEMAP_CREDIT", ""),
        webhooks_local=environ.get("WEBHOOKS_LOCAL", "") == "1",
        election=environ.get("ZENNE_ELECTION", "").strip(),
        oidc=_oidc(environ, faults),
    )
    faults += [*_malformed(values), *(_unsafe(values) if values.public else [])]
    if faults:
        raise UnsafeEnvironment("\n".join(faults))
    if values.secret_key:
        return values
    try:
        return replace(values, secret_key=kept_secret(data))
    except OSError as error:
        raise UnsafeEnvironment(f"ZENNE_DATA: nothing can be kept in {data} ({error.strerror}).") from error


def _malformed(values: Environment) -> list[str]:
    """A sentence for each value that cannot mean what it says, wherever the installation stands."""
    address = urlsplit(values.base_url if _is(values.base_url, "http", "https") else "")
    checks = {
        "ALLOWED_HOSTS may not be `*`: name the hosts this installation answers to.": "*" in values.allowed_hosts,
        "ALLOWED_HOSTS is empty: name the hosts this installation answers to.": not values.allowed_hosts,
        "BASE_URL must be the address people type, such as https://participate.example.org; "
        f"it is {values.base_url!r}.": address.scheme not in ("http", "https") or not address.hostname,
        "DATABASE_URL must begin with postgresql://: PostgreSQL is the only database.": not _is(
            values.database_url, *POSTGRES
        ),
        "REPLICA_URL must begin with postgresql://.": not _is(values.replica_url, *POSTGRES),
        "MAIL_URL must begin with smtp://, smtps:// or file://.": not _is(values.mail_url, "file", "smtp", "smtps"),
        "MAIL_BOUNCES must be one plain address, such as bounce@participate.example.org.": not _address(
            values.mail_bounces
        ),
        "STORAGE_URL must begin with file:// or s3://bucket.": not _is(values.storage, "file", "s3"),
        "CACHE_URL must begin with redis://, rediss:// or unix://.": not _is(
            values.cache_url, "redis", "rediss", "unix"
        ),
        f"ZENNE_ELECTION must be a Pabulib file that is there; it is {values.election!r}.": bool(values.election)
        and not Path(values.election).is_file(),
        "SECRET_KEY is too short: give at least 50 characters, for example from `openssl rand -base64 60`.": _short(
            values.secret_key
        ),
        "IDENTITY_KEY is too short: give at least 50 characters, and never change it; "
        "identities are recognised by it.": _short(values.identity_key),
    }
    return [sentence for sentence, wrong in checks.items() if wrong]


def _unsafe(values: Environment) -> list[str]:
    """A sentence for each value that does no harm on one's own machine, and does where strangers come."""
    checks = {
        "SECRET_KEY is missing: an installation that others can reach needs its own, of at least 50 characters.": not values.secret_key,
        "MAIL_URL is missing: sign-in codes could not be sent; give smtp://user:password@host:587.": _is(
            values.mail_url, "file"
        ),
        "ZENNE_DEBUG=1 shows the inside of the platform to strangers: not together with public ALLOWED_HOSTS.": values.debug,
        "WEBHOOKS_LOCAL=1 lets webhooks call this very machine: not together with public ALLOWED_HOSTS.": values.webhooks_local,
        "BASE_URL must be https:// when ALLOWED_HOSTS is public: sessions would travel readable.": not values.secure,
    }
    return [sentence for sentence, wrong in checks.items() if wrong]


def _is(url: str, *schemes: str) -> bool:
    """Whether an address has one of the schemes; an empty one is not given, which is fine."""
    try:
        return not url or urlsplit(url).scheme in schemes
    except ValueError:  # brackets that close nothing
        return False


def _address(text: str) -> bool:
    """Whether a text is one plain address; an empty one is not given, which is fine."""
    return not text or re.fullmatch(r"[\w.-]+@[\w-]+(\.[\w-]+)*", text, re.ASCII) is not None


def _short(key: str) -> bool:
    return 0 < len(key) < 50


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int, faults: list[str]) -> int:
    text = environ.get(name, str(default))
    number = whole_number(text)
    if number is not None and low <= number <= high:
        return number
    faults.append(f"{name} must be a whole number from {low} to {high}; it is {text!r}.")
    return default


def _oidc(environ: Mapping[str, str], faults: list[str]) -> tuple[dict[str, str], ...]:
    """One provider (itsme, eID, a city's own) from OIDC_SERVER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME."""
    if not (server := environ.get("OIDC_SERVER")):
        return ()
    missing = [name for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET") if not environ.get(name)]
    if missing:
        faults.append(f"OIDC_SERVER is set but {' and '.join(missing)} is missing.")
        return ()
    return (
        {
            "server": server,
            "client_id": environ["OIDC_CLIENT_ID"],
            "secret": environ["OIDC_CLIENT_SECRET"],
            "name": environ.get("OIDC_NAME", "itsme"),
            "scope": environ.get("OIDC_SCOPE", "openid profile email address"),
        },
    )

"""What the outside tells this installation, read once and checked: every missing or unsafe value gets a sentence.

Nothing else in the house reads `os.environ`. With nothing set at all, the installation is a safe local one: embedded PostgreSQL,
a secret key made once and kept in the data folder, mail written to files.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]


class UnsafeEnvironment(Exception):
    """The environment cannot be started from; the text lists every fault, one sentence a line."""


@dataclass(frozen=True)
class Environment:
    data: Path
    debug: bool
    secret_key: str
    database_url: str
    replica_url: str
    allowed_hosts: tuple[str, ...]
    base_url: str
    host: str
    port: int
    mail_url: str
    mail_from: str
    storage: str
    cache_url: str
    workers: int
    basemap_url: str
    basemap_credit: str
    oidc: tuple[dict[str, str], ...] = field(default=())

    @property
    def public(self) -> bool:
        """Whether people outside this machine are meant to reach the installation."""
        return not set(self.allowed_hosts) <= LOCAL_HOSTS

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")


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
    debug = environ.get("ZENNE_DEBUG", "") == "1"
    port = _number(environ, "PORT", 8000, 1, 65535, faults)
    hosts = tuple(host.strip() for host in environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,.localhost,[::1]").split(",") if host.strip())
    public = not set(hosts) <= LOCAL_HOSTS
    base_url = environ.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    database_url = environ.get("DATABASE_URL", "")
    mail_url = environ.get("MAIL_URL", f"file://{data / 'mail'}")
    secret_key = environ.get("SECRET_KEY", "")
    if "*" in hosts:
        faults.append("ALLOWED_HOSTS may not be `*`: name the hosts this installation answers to.")
    if urlsplit(base_url).scheme not in ("http", "https") or not urlsplit(base_url).hostname:
        faults.append(f"BASE_URL must be the address people type, such as https://participate.example.org; it is {base_url!r}.")
    if database_url and urlsplit(database_url).scheme not in ("postgres", "postgresql"):
        faults.append("DATABASE_URL must begin with postgresql://: PostgreSQL is the only database.")
    if urlsplit(mail_url).scheme not in ("file", "smtp", "smtps"):
        faults.append("MAIL_URL must begin with smtp://, smtps:// or file://.")
    if secret_key and len(secret_key) < 50:
        faults.append("SECRET_KEY is too short: give at least 50 characters, for example from `openssl rand -base64 60`.")
    if public and not secret_key:
        faults.append("SECRET_KEY is missing: an installation that others can reach needs its own, of at least 50 characters.")
    if public and urlsplit(mail_url).scheme == "file":
        faults.append("MAIL_URL is missing: sign-in codes could not be sent; give smtp://user:password@host:587.")
    if public and debug:
        faults.append("ZENNE_DEBUG=1 shows the inside of the platform to strangers: not together with public ALLOWED_HOSTS.")
    if public and not base_url.startswith("https://"):
        faults.append("BASE_URL must be https:// when ALLOWED_HOSTS is public: sessions would travel readable.")
    storage = environ.get("STORAGE_URL", f"file://{data / 'files'}")
    if urlsplit(storage).scheme not in ("file", "s3"):
        faults.append("STORAGE_URL must begin with file:// or s3://bucket.")
    workers = _number(environ, "WEB_WORKERS", 2, 1, 64, faults)
    oidc = _oidc(environ, faults)
    if faults:
        raise UnsafeEnvironment("\n".join(faults))
    return Environment(
        data=data,
        debug=debug,
        secret_key=secret_key or kept_secret(data),
        database_url=database_url,
        replica_url=environ.get("REPLICA_URL", ""),
        allowed_hosts=hosts,
        base_url=base_url,
        host=environ.get("HOST", "127.0.0.1"),
        port=port,
        mail_url=mail_url,
        mail_from=environ.get("MAIL_FROM", "Zenne <no-reply@localhost>"),
        storage=storage,
        cache_url=environ.get("CACHE_URL", ""),
        workers=workers,
        basemap_url=environ.get("BASEMAP_URL", ""),
        basemap_credit=environ.get("BASEMAP_CREDIT", ""),
        oidc=oidc,
    )


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int, faults: list[str]) -> int:
    text = environ.get(name, str(default))
    if text.isascii() and text.isdigit() and low <= int(text) <= high:
        return int(text)
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
        },
    )

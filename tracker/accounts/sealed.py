"""The secrets of second factors, sealed by ``SECRET_KEY``: who reads the database has none of them."""

import logging
from base64 import b32encode, urlsafe_b64encode
from secrets import token_bytes

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)
SALT = "tracker.accounts.sealed"


def seal(secret: str) -> str:
    """What is stored of a secret."""
    return _keys().encrypt(secret.encode()).decode()


def unsealed(stored: str) -> str:
    """The secret that was stored; where another key sealed it, one that nobody has and no code fits."""
    try:
        return _keys().decrypt(stored).decode()
    except InvalidToken:
        logger.error("The secret of a second factor was sealed by another SECRET_KEY: it opens nothing.")
        return b32encode(token_bytes(20)).decode()


def _keys() -> MultiFernet:
    """By which to seal, and by which else what is stored may have been sealed."""
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    digest = salted_hmac(SALT, "key", secret=secret, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(digest))

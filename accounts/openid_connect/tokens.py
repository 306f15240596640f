"""What must be true of an ID token before it says who somebody is.

OpenID Connect Core 1.0, section 3.1.3.7; the signature is always checked, also where the standard
would let us rely on the connection.
"""

import hmac
import time
from typing import Any

import jwt
from allauth.socialaccount.providers.base import ProviderException

SKEW = 60  # seconds by which two clocks may differ
# Signed with a private key. "none" and shared secrets are not among them.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


class NotTrusted(ProviderException):
    """A sign-in that goes no further; `reason` chooses the words on the page."""

    BROKEN, WEAK, TENANT, OLD = "broken", "weak", "tenant", "old"

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def read(id_token: Any, keys: Any, *, issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """The claims of a token that this issuer signed for us, in answer to this one question."""
    try:
        claims = jwt.decode(
            id_token,
            _key(id_token, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=SKEW,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotTrusted(NotTrusted.BROKEN, f"the ID token is not valid: {error!r}") from error
    if isinstance(claims["aud"], list) and claims.get("azp", client_id) != client_id:
        raise NotTrusted(NotTrusted.BROKEN, "the ID token was made for somebody else")
    if not nonce or not hmac.compare_digest(str(claims.get("nonce")).encode(), nonce.encode()):
        raise NotTrusted(NotTrusted.BROKEN, "the ID token answers another question (nonce)")
    return claims


def _key(id_token: Any, keys: Any) -> jwt.PyJWK:
    """The provider's public key that the token names; without a name, the only one there is."""
    kid = jwt.get_unverified_header(id_token).get("kid")
    fitting = [
        key
        for key in keys["keys"]
        if key.get("kty") in ("RSA", "EC")
        and key.get("use", "sig") == "sig"
        and (kid is None or key.get("kid") == kid)
    ]
    if len(fitting) != 1:
        raise KeyError(f"{len(fitting)} keys fit {kid!r}")
    return jwt.PyJWK(fitting[0])


def check_demands(claims: dict[str, Any], demands: dict[str, Any], asked: dict[str, Any]) -> None:
    """Raises unless tenant, strength and time of the sign-in are what the portal asks for.

    `demands` are the provider's settings, `asked` is what was noted when the person was sent there.
    """
    if demands["tenants"] and claims.get("tid") not in demands["tenants"]:
        raise NotTrusted(NotTrusted.TENANT, f"tenant {claims.get('tid')!r}")
    if demands["acr"] and claims.get("acr") not in demands["acr"]:
        raise NotTrusted(NotTrusted.WEAK, f"acr {claims.get('acr')!r}")
    for name in ("amr", "acrs"):
        if demands[name] and not set(demands[name]) & set(_listed(claims.get(name))):
            raise NotTrusted(NotTrusted.WEAK, f"{name} {claims.get(name)!r}")
    max_age = asked.get("max_age")
    if max_age is not None:
        # Counted from the moment of asking: typing a password may take its time.
        at = auth_time(claims)
        if at is None or at < asked["asked_at"] - max_age - SKEW or at > time.time() + SKEW:
            raise NotTrusted(NotTrusted.OLD, f"auth_time {claims.get('auth_time')!r}")


def proves_strength(demands: dict[str, Any]) -> bool:
    """Whether a sign-in that met the demands was a strong one, so that it stands for two steps."""
    return bool(demands["acr"] or demands["amr"] or demands["acrs"])


def auth_time(claims: dict[str, Any]) -> float | None:
    """When the person last showed who they are, in seconds; None if the provider does not say."""
    at = claims.get("auth_time")
    if isinstance(at, str) and at.isdigit():
        return float(at)
    return float(at) if isinstance(at, int | float) and not isinstance(at, bool) else None


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]

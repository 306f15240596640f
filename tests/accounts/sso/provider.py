"""A real OpenID Connect provider on this machine, which can be told to misbehave.

The provider is the package oidc-provider-mock. Around it: PKCE, which it does not check itself, a
list of what it was asked, and a hand on its answers.
"""

import base64
import hashlib
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import flask
import jwt
import requests
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

with warnings.catch_warnings():
    import authlib.deprecate  # noqa: F401 (it has warnings shown always)

    warnings.simplefilter("ignore")  # the provider uses a part of authlib that is to go
    import oidc_provider_mock

AUTHORIZE, TOKEN, DISCOVERY, KEYS = (
    "/oauth2/authorize",
    "/oauth2/token",
    "/.well-known/openid-configuration",
    "/jwks",
)


class _Quiet(WSGIRequestHandler):
    def log(self, *args: Any, **kwargs: Any) -> None:
        pass


class Provider:
    """Set `claims` to change what its tokens say, `sign` how they are signed, `answers` for a path
    to put something else in the place of its answer, `delay` to make it slow."""

    def __init__(self) -> None:
        self.challenges: dict[str, str] = {}
        app = oidc_provider_mock.app()
        app.before_request(self._before)
        app.after_request(self._after)
        self.reset()
        self.server: BaseWSGIServer = make_server(
            "127.0.0.1", 0, app, threaded=True, request_handler=_Quiet
        )
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def reset(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.claims: Callable[[dict], dict] = lambda claims: claims
        self.sign: Callable[[dict, jwt.PyJWK], str] = sign
        self.answers: dict[str, Any] = {}
        self.delays: dict[str, threading.Event] = {}

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def knows(self, sub: str, **claims: Any) -> None:
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def approve(self, authorize: str, sub: str) -> str:
        """Fills in the provider's form as that person; returns where it leads back to."""
        return self._press(authorize, {"sub": sub})

    def deny(self, authorize: str) -> str:
        return self._press(authorize, {"action": "deny"})

    def _press(self, authorize: str, fields: dict[str, str]) -> str:
        answer = requests.post(authorize, data=fields, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def calls(self, path: str) -> list[dict[str, str]]:
        return [fields for asked, fields in self.asked if asked == path]

    def _before(self) -> Any:
        request = flask.request
        self.asked.append((request.path, {**request.args, **request.form}))
        if request.path in self.delays:
            self.delays[request.path].wait(20)
        if request.path in self.answers:
            return self.answers[request.path]
        if request.path == TOKEN:
            verifier = request.form.get("code_verifier", "")
            digest = hashlib.sha256(verifier.encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if self.challenges.pop(request.form.get("code", ""), None) != challenge:
                return {"error": "invalid_grant"}, 400
        return None

    def _after(self, response: flask.Response) -> flask.Response:
        request = flask.request
        if request.path == AUTHORIZE and (location := response.headers.get("Location")):
            code = parse_qs(urlsplit(location).query).get("code", [""])[0]
            if request.args.get("code_challenge_method") == "S256":
                self.challenges[code] = request.args["code_challenge"]
            if "error=" in location:  # it forgets the state that RFC 6749 asks for
                response.headers["Location"] = f"{location}&state={request.args['state']}"
        if request.path == TOKEN and response.status_code == 200 and TOKEN not in self.answers:
            body = response.get_json()
            claims = jwt.decode(body["id_token"], options={"verify_signature": False})
            key = jwt.PyJWK(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
            body["id_token"] = self.sign(self.claims(claims), key)
            response.set_data(flask.json.dumps(body))
        return response


def sign(claims: dict, key: jwt.PyJWK) -> str:
    """As the provider signs: with its private key, named in the header."""
    return jwt.encode(claims, key.key, "RS256", headers={"kid": key.key_id})


def changed(**changes: Any) -> Callable[[dict], dict]:
    """Claims with some changed; None takes one away."""

    def change(claims: dict) -> dict:
        return {k: v for k, v in {**claims, **changes}.items() if v is not None}

    return change


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def ago(seconds: float) -> int:
    return int(time.time() - seconds)

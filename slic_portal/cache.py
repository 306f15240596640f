"""The cache in Redis, which may be away at any moment: then nothing is remembered, and all goes on.

Pages are slower for a while and attempts to sign in are not counted; the log says so. What must not
be lost is never kept here.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError

logger = logging.getLogger(__name__)


@contextmanager
def _or_nothing() -> Iterator[None]:
    """Lets what stands inside fail where Redis does not answer."""
    try:
        yield
    except RedisError as error:
        logger.warning("The cache does not answer (%s).", error)


class _Client(RedisCacheClient):
    """Redis where it answers, an empty cache that keeps nothing where it does not."""

    def get(self, key: Any, default: Any) -> Any:
        with _or_nothing():
            return super().get(key, default)
        return default

    def add(self, *args: Any) -> bool:
        with _or_nothing():
            return super().add(*args)
        return True

    def set(self, *args: Any) -> None:
        with _or_nothing():
            super().set(*args)

    def delete(self, key: Any) -> bool:
        with _or_nothing():
            return super().delete(key)
        return False

    def get_many(self, keys: Any) -> dict[Any, Any]:
        with _or_nothing():
            return super().get_many(keys)
        return {}

    def set_many(self, *args: Any) -> None:
        with _or_nothing():
            super().set_many(*args)

    def delete_many(self, keys: Any) -> None:
        with _or_nothing():
            super().delete_many(keys)


class OptionalRedisCache(RedisCache):
    """Django's cache in Redis that raises nothing while Redis is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client

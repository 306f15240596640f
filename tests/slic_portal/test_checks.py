"""Settings that start, and yet are not safe, are told with their cure."""

import pytest
from django.conf import UserSettingsHolder, settings
from django.core.exceptions import ImproperlyConfigured

from slic_portal import checks

GOOD_DATABASE = {"HOST": "db.example.org", "OPTIONS": {"sslmode": "verify-full"}}
COOKIE = {
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "CSRF_COOKIE_SECURE": True,
}
FAULTS = [
    (checks.second_step_keys, {"MFA_ENCRYPTION_KEYS": ["too short"]}, "portal.E001"),
    (checks.second_step_keys, {"MFA_ENCRYPTION_KEYS": [""]}, "portal.E001"),
    (
        checks.development_is_local,
        {"DEVELOPMENT": True, "ALLOWED_HOSTS": ["portal.nhs.uk"]},
        "portal.E002",
    ),
    (checks.development_is_local, {"DEVELOPMENT": True, "ALLOWED_HOSTS": ["*"]}, "portal.E002"),
    (checks.mail_gives_up, {"EMAIL_TIMEOUT": None}, "portal.E003"),
    (checks.mail_gives_up, {"EMAIL_TIMEOUT": 3600}, "portal.E003"),
    (
        checks.cookies_are_bound_to_the_host,
        {**COOKIE, "SESSION_COOKIE_NAME": "sessionid"},
        "portal.E004",
    ),
    (
        checks.cookies_are_bound_to_the_host,
        {**COOKIE, "CSRF_COOKIE_SECURE": False},
        "portal.E004",
    ),
    (
        checks.cookies_are_bound_to_the_host,
        {**COOKIE, "SESSION_COOKIE_DOMAIN": "nhs.uk"},
        "portal.E004",
    ),
    (
        checks.database_is_encrypted,
        {"DATABASES": {"default": {"HOST": "db.example.org", "OPTIONS": {}}}},
        "portal.E005",
    ),
    (
        checks.database_is_encrypted,
        {"DATABASES": {"default": {"HOST": "10.0.0.9", "OPTIONS": {"sslmode": "require"}}}},
        "portal.E005",
    ),
    (checks.redis_is_encrypted, {"REDIS_URL": "redis://cache.example.org/0"}, "portal.E006"),
    (checks.redis_is_encrypted, {"CACHE_URL": "redis://10.0.0.9:6379/0"}, "portal.E006"),
    (
        checks.somebody_hears_of_weaknesses,
        {"PORTAL_URL": "https://p.example.org", "SECURITY_CONTACT": "https://p.example.org/"},
        "portal.W007",
    ),
    (checks.somebody_hears_of_weaknesses, {"SECURITY_CONTACT": "ann"}, "portal.W007"),
]
FINE = [
    (checks.second_step_keys, {}),
    (checks.development_is_local, {"DEVELOPMENT": True, "ALLOWED_HOSTS": ["localhost"]}),
    (checks.development_is_local, {"DEVELOPMENT": False, "ALLOWED_HOSTS": ["portal.nhs.uk"]}),
    (checks.mail_gives_up, {}),
    (checks.cookies_are_bound_to_the_host, COOKIE),
    (checks.database_is_encrypted, {"DATABASES": {"default": GOOD_DATABASE}}),
    (
        checks.database_is_encrypted,
        {"DATABASES": {"default": {"HOST": "", "OPTIONS": {"host": "/run/postgres"}}}},
    ),
    (checks.redis_is_encrypted, {"REDIS_URL": "rediss://cache.example.org/0"}),
    (checks.redis_is_encrypted, {}),
    (checks.somebody_hears_of_weaknesses, {"SECURITY_CONTACT": "mailto:ann@example.org"}),
]


@pytest.fixture
def check_with(monkeypatch):
    """Runs a check with other settings; DATABASES could not be overridden in place."""

    def run(check, values):
        monkeypatch.setattr(checks, "settings", UserSettingsHolder(settings._wrapped))
        for key, value in values.items():
            setattr(checks.settings, key, value)
        return check()

    return run


@pytest.mark.parametrize(("check", "values", "name"), FAULTS)
def test_fault_is_told_with_its_cure(check_with, check, values, name):
    [message] = check_with(check, values)
    assert message.id == name
    assert len(message.hint) > 20


@pytest.mark.parametrize(("check", "values"), FINE)
def test_safe_settings_are_not_complained_of(check_with, check, values):
    assert check_with(check, values) == []


def test_web_server_does_not_start_with_a_fault_and_says_the_cure(settings):
    checks.refuse_unsafe_start()
    settings.MFA_ENCRYPTION_KEYS = ["not a key"]
    with pytest.raises(ImproperlyConfigured, match=r"MFA_ENCRYPTION_KEYS .* \.env\.example"):
        checks.refuse_unsafe_start()

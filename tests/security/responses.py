"""What every response has to carry."""

STRICT = "default-src 'none'"


def faults_of(response) -> list[str]:
    """What is missing or too weak in the headers of a response."""
    policy = response.headers.get("Content-Security-Policy", "")
    rules = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    right = {
        "a policy": STRICT in policy,
        "no inline scripts": "unsafe-inline" not in rules.get("script-src", ""),
        "no evaluated scripts": "unsafe-eval" not in policy,
        "no wildcard": "*" not in policy,
        "nosniff": response.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": response.headers.get("Referrer-Policy") == "same-origin",
        "opener": response.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": response.headers.get("Cross-Origin-Resource-Policy") == "same-origin",
        "permissions": "camera=()" in response.headers.get("Permissions-Policy", ""),
        "frames": response.headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN"),
        "no other origin": "Access-Control-Allow-Origin" not in response.headers,
    }
    if policy != "default-src 'none'":  # a drawing: it has nothing that could load more
        right["no objects"] = rules.get("object-src") == "'none'"
        right["no other base"] = rules.get("base-uri") == "'none'"
        right["no foreign frames"] = rules.get("frame-ancestors") in ("'none'", "'self'")
    return [name for name, is_right in right.items() if not is_right]

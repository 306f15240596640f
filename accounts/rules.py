import rules

from accounts.authorization import may
from accounts.permissions import Permission

# Every permission is a rule, so that `user.has_perm(Permission.X, obj)` works everywhere.
for permission in Permission:
    rules.add_perm(permission, may(permission))

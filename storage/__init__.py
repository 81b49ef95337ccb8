"""How everything is kept: `open_store` opens it, `Store` is what it gives."""

from storage.auditing import audit_history
from storage.desk import Store, open_store
from storage.errors import SchemaNewer, StorageError, StorageRefused, Unreadable, WriteFailed
from storage.letters import look_up_letter
from storage.looking import looks
from storage.migrate import check, migrate
from storage.vault import Vault

__all__ = [
    "SchemaNewer",
    "StorageError",
    "StorageRefused",
    "Store",
    "Unreadable",
    "Vault",
    "WriteFailed",
    "audit_history",
    "check",
    "look_up_letter",
    "looks",
    "migrate",
    "open_store",
]

"""Binary data as text."""
from std.base64.base64 import b64encode, b64decode, b16encode, b16decode

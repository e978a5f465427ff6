"""What people call themselves: nothing that would make an advertisement of a mail to somebody else's address."""

from __future__ import annotations

import re
import unicodedata

from shop.lib.errors import ShopError

ENDINGS = "com|net|org|info|biz|io|co|in|bd|ru|cn|xyz|top|shop|site|online|club|link|app|dev|store|pro|vip|ly|gg|uk|us"
# Md.Rahim and S/O Ram are names; five digits in a row are a phone number or a prize.
ADVERTISING = re.compile(rf"://|\bwww\.|@|\d{{5}}|[\w-]{{2,}}\.(?:{ENDINGS})\b", re.IGNORECASE)


def refuse_advertising(field: str, name: str) -> None:
    """Raises ShopError for a name with a web or e-mail address or a long number in it, however it is written."""
    if ADVERTISING.search(unicodedata.normalize("NFKC", name)):
        raise ShopError("Enter a name only, without web or e-mail addresses or long numbers.", field=field)

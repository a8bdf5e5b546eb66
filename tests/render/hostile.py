"""Text that has broken pages before."""

from __future__ import annotations

__all__ = ["HOSTILE"]

RUN = "document.documentElement.dataset.ran=1"
HOSTILE = (
    f"</script><img src=x onerror={RUN}>",
    f"<!--<script>{RUN}</script>",
    f'"><svg onload="{RUN}">',
    f"'-{RUN}-'",
    f"`${{{RUN}}}`",
    f"${{{RUN}}}",
    "{{7*7}} {% raw %} {# gone #}",
    "{{ self.__init__.__globals__ }}",
    f"\u2028{RUN}\u2029",
    "&lt;b&gt; &amp; &#x3c;",
    f"</title><script>{RUN}</script>",
    f"]]></style><style>@import 'x'</style><a href='javascript:{RUN}'>",
    "back\\slash \\u003cb\\u003e",
)

"""Which characters a letter can print: what the typefaces have that come with the desk (`bot/letters/fonts`)."""

from bisect import bisect_right

_PRINTED = (
    "21-34e 350-3e1 3f0-5ea 5f0-61b 61e-7ff 8a0-8b4 8b6-8be 8d3-b4d b56-c39 c3d-c5a c60-cd6 cde-e84 e87-e88 e8a e8d "
    "e94-e97 e99-e9f ea1-ea7 eaa-eab ead-eb9 ebb-10ff 1200-167f 1780-17b3 17b6-180a 1810-18f5 19e0-19ff 1ab0-1ac0 "
    "1c50-1cbf 1cd0-1cf9 1d00-1df9 1dfb-20bf 20f0-2169 2170-2179 2184 2189 2190-2199 21b0-21b4 21bc 21c0 21c4-21c5 "
    "21cd 21cf-21d4 21e0-21e3 21e6-21e9 2200 2202-2203 2206-2209 220b-220c 220f 2211-2213 221a 221d-2220 2222 "
    "2225-222c 222e 2234-2237 223d 2243 2245 2248 2250-2253 225a 2260-2262 2264-2267 226e-2273 2276-2277 2279-227b "
    "2280-2287 228a-228b 2295-2297 22a3-22a5 22bb-22bc 22ce-22cf 22da-22db 22ee-22ef 2306 2312 2314 2460-2487 "
    "249c-24e9 2500-2503 250c-254b 2592 25a0-25a1 25a3-25a9 25b1-25b3 25b5-25b7 25b9 25bc-25bd 25bf-25c1 25c3 "
    "25c6-25cc 25ce-25d1 25e6 25ef 2605-2606 260e-260f 261c-261f 262c 262f 2638 2640 2642 2660-2661 2663-2665 "
    "2667-266a 266c-266d 266f-2671 2716 271a 273d 2756 2776-277f 278a-2793 2c60-2c7f 2d00-2e52 3001-3003 3005-3029 "
    "3036 3041-3094 3099-309e 30a0-30fe 3105-3129 3131-3163 3165-318e 3200-321c 3220-3229 3231-3232 3239 3260-327b "
    "327f 328a-3290 3294 329e 32a3-32a8 3303 330d 3314 3318 3322-3323 3326-3327 332b 3336 333b 3349-334a 334d 3351 "
    "3357 337b-337e 3380-3384 3388-33cb 33cd-33d3 33d5-33d6 33d8 33db-33dd 3400-4db5 4e00-9fa5 a000-a69f a700-a7bf "
    "a7c2-a7ca a7f5-a7ff a830-a839 a8e0-a8ff a92e a980-a9fe aa60-aa7f aae0-d7a3 fa0e-fbc1 fbd3-fd3f fd50-fdc7 "
    "fdf0-fdfd fe10-fe31 fe33-fe46 fe49-fe57 fe59-ff5e ff61-ff9f ffe0-ffe6 10400 10428 1044d-1044f 111e1-111f4 11301 "
    "11303 1133b-1133c 11660-1166c 1e900-1e95f "
)
"""Code points from-to, of texts in NFC; a test makes them anew from the typefaces (2026-11-22)."""

_RANGES = [
    tuple(int(end, 16) for end in (each if "-" in each else f"{each}-{each}").split("-")) for each in _PRINTED.split()
]
_STARTS = [each[0] for each in _RANGES]


def unprinted(text: str) -> str:
    """Return the characters of a text in NFC, as `clean` leaves it, that a letter cannot print, each once."""
    if text.isascii():
        return ""
    return "".join(dict.fromkeys(c for c in text if not (c.isspace() or _is_printed(ord(c)))))


def _is_printed(code: int) -> bool:
    place = bisect_right(_STARTS, code) - 1
    return place >= 0 and code <= _RANGES[place][1]

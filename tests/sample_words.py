"""What the sample store says: invented companies, boards, gigs, pay, clauses and a licence, and words that try to do harm."""

from __future__ import annotations

COMPANIES = (
    "Larkspur Sensing",
    "Handrail",
    "Quillon Audio",
    "Voxmill",
    "Meridian Avatars",
    "Tidemark Motion",
    "Bellwether Speech",
    "Ossuary Films",
)
SOURCES = (
    ("stagepost", "Stagepost (invented)"),
    ("callsheet", "Callsheet Board (invented)"),
    ("voxmill", "Voxmill jobs (invented)"),
    ("greenroom", "Greenroom (invented)"),
)
WORK = (
    (
        "Expression study, on camera",
        "We record actors and improvisers for an expression study. Your face, voice and movements are recorded.",
        ["voice", "face", "full_video"],
    ),
    (
        "Improv pairs over video",
        "Two improvisers talk for half an hour from light prompts; audio and video are recorded.",
        ["voice", "face"],
    ),
    ("Narrator for a speech corpus", "You read prepared sentences in a quiet room; your voice is recorded.", ["voice"]),
    ("Whispered speech, Welsh", "Read two hundred sentences in a whisper; your voice is recorded.", ["voice"]),
    ("Motion capture, dancers", "Dancers move through forty phrases in a suit; body motion is recorded.", ["body_motion"]),
    ("Solo singers, dry vocals", "Sing one hour of whole pieces without accompaniment; singing is recorded.", ["singing", "voice"]),
)
PAY = (
    ("$150 per hour for at least two hours", 150.0, 150.0, "USD", "hour", (2.0, 2.0, "hour", "guarantee"), 300.0),
    ("$60 to $74 an hour", 60.0, 74.0, "USD", "hour", None, None),
    ("250 USD per finished hour", 250.0, 250.0, "USD", "finished_hour", None, 250.0),
    ("£320 for the session", 320.0, 320.0, "GBP", "session", None, 320.0),
    ("up to €40 per hour", None, 40.0, "EUR", "hour", None, None),
    ("$500 flat for the project", 500.0, 500.0, "USD", "project", None, 500.0),
)
TERMS = {
    "perpetual": ("granted", "rights", "in perpetuity"),
    "irrevocable": ("granted", "rights", "irrevocable"),
    "worldwide": ("granted", "rights", "worldwide"),
    "ai_training": ("granted", "rights", "used to train machine-learning models"),
    "exclusive": ("denied", "rights", "on a non-exclusive basis"),
    "synthetic_performance": ("limited", "rights", "no model of your own face will be sold separately"),
    "recording_notice": ("granted", "consent", "recorded"),
    "withdrawal": ("limited", "consent", "you may withdraw until the recording is delivered"),
    "no_commercial_use": ("granted", "promises", "will never be used commercially"),
    "undisclosed_client": ("granted", "context", "a leading technology company"),
}
SENTENCES = {
    "perpetual": "You grant the rights in perpetuity.",
    "irrevocable": "The grant is irrevocable.",
    "worldwide": "It is worldwide.",
    "ai_training": "Recordings are used to train machine-learning models.",
    "exclusive": "Recordings are licensed on a non-exclusive basis.",
    "synthetic_performance": "There is one limit: no model of your own face will be sold separately.",
    "withdrawal": "Until then you are free: you may withdraw until the recording is delivered.",
    "no_commercial_use": "Your likeness is for research and will never be used commercially.",
    "undisclosed_client": "Our client is a leading technology company.",
}
HOSTILE = (
    "<script>window.pwned=1</script><img src=x onerror=window.pwned=1><svg onload=window.pwned=1></svg>"
    "<style>body{display:none}</style> data:text/html,<script>window.pwned=1</script> \u202egnp.exe\u202c "
    '{{ 7*7 }} {% raise %} =HYPERLINK("http://evil.example","x") javascript:window.pwned=1'
)
CONTACT = "Write to jo.bloggs@larkspur.example or call +1 (212) 555-0147."
FILLER = [
    f"{first}{second}"
    for first in ("re", "ta", "mo", "lin", "sa", "ver", "po", "du", "ge", "ka")
    for second in ("mi", "lo", "tan", "ra", "ne", "sut", "ber", "vi")
]
LICENCE = (
    "Participant licence\nLarkspur Sensing (invented)\n\nYou grant Larkspur Sensing (invented) and Meridian Avatars (invented) "
    "an irrevocable, worldwide licence, "
    "in perpetuity, to use, sublicense and create derivative works from the recordings for any purpose."
)
LICENCE_TERMS = {
    "irrevocable": "irrevocable",
    "worldwide": "worldwide",
    "perpetual": "in perpetuity",
    "sublicensable": "sublicense",
    "derivative_works": "create derivative works",
    "any_purpose": "for any purpose",
}

"""Turns the directory's shouted, suffixed names into names one can print on a parcel."""

import re

# Kinds of post office as written behind the name; they tell the postman nothing a shopper needs.
KIND = r"(?:GDS\s?|E)?(?:N\.?D\.?)?[TDM]?(?:[BSHP]\s?\.?\s?O|H\.Q)\.?"
TAIL = re.compile(rf"(?:[\s.](?:{KIND}(?:-\w+|\s?\d+)?|M\.?D\.?G|ND|SPSO))+$")
GENERAL = re.compile(r"\bG\.?\s?P\.?\s?O\b\.?")
BEFORE_BRACKET = re.compile(rf"[\s.]{KIND}\s*(?=[()])|(?<=\)){KIND}$")
BEFORE_PLACE = re.compile(r"\s[BSHP]\.?O\.?\s(?=[A-Z])([^()]+)$")
NOISE = re.compile(r"[\[\]`]")
# All-capital words longer than this are shouting, not abbreviations.
LONGEST_ABBREVIATION = 3
ABBREVIATIONS = frozenset(
    [
        "AIIMS",
        "APS",
        "BHEL",
        "BSF",
        "CISF",
        "CRPF",
        "GPO",
        "HMT",
        "IIM",
        "IIT",
        "ITBP",
        "ITI",
        "NDA",
        "NTPC",
        "ONGC",
        "RS",
        "SRPF",
    ]
)
SMALL_WORDS = frozenset(["alias", "and", "of", "the", "ki", "ka", "ke"])

DISTRICTS = {
    "24 PARAGANAS NORTH": "North 24 Parganas",
    "24 PARAGANAS SOUTH": "South 24 Parganas",
    "AHMADABAD": "Ahmedabad",
    "AHMEDNAGAR": "Ahilyanagar",
    "ANUGUL": "Angul",
    "BALESHWAR": "Balasore",
    "BANAS KANTHA": "Banaskantha",
    "CHAMARAJANAGARA": "Chamarajanagar",
    "CHHOTAUDEPUR": "Chhota Udaipur",
    "COOCHBEHAR": "Cooch Behar",
    "DINAJPUR DAKSHIN": "Dakshin Dinajpur",
    "DINAJPUR UTTAR": "Uttar Dinajpur",
    "DOHAD": "Dahod",
    "EAST NIMAR": "Khandwa",
    "EAST SINGHBUM": "East Singhbhum",
    "FIROZEPUR": "Ferozepur",
    "GANGANAGAR": "Sri Ganganagar",
    "HOSHANGABAD": "Narmadapuram",
    "JAGATSINGHAPUR": "Jagatsinghpur",
    "JAJAPUR": "Jajpur",
    "JANGOAN": "Jangaon",
    "KAIMUR (BHABUA)": "Kaimur",
    "KAMRUP METRO": "Kamrup Metropolitan",
    "KANNIYAKUMARI": "Kanyakumari",
    "KARIMGANJ": "Sribhumi",
    "KHERI": "Lakhimpur Kheri",
    "KOREA": "Koriya",
    "KUMURAM BHEEM ASIFABAD": "Komaram Bheem Asifabad",
    "KUSHI NAGAR": "Kushinagar",
    "LAHUL AND SPITI": "Lahaul and Spiti",
    "LAKSHADWEEP DISTRICT": "Lakshadweep",
    "LEH LADAKH": "Leh",
    "MAHESANA": "Mehsana",
    "MALDAH": "Malda",
    "MARIGAON": "Morigaon",
    "MEDINIPUR EAST": "Purba Medinipur",
    "MEDINIPUR WEST": "Paschim Medinipur",
    "NICOBARS": "Nicobar",
    "NTR": "NTR",
    "OSMANABAD": "Dharashiv",
    "PANCH MAHALS": "Panchmahal",
    "PONDICHERRY": "Puducherry",
    "RI BHOI": "Ri-Bhoi",
    "RUDRA PRAYAG": "Rudraprayag",
    "S.A.S Nagar": "Sahibzada Ajit Singh Nagar",
    "SABAR KANTHA": "Sabarkantha",
    "SAHEBGANJ": "Sahibganj",
    "SAIHA": "Siaha",
    "SANT KABEER NAGAR": "Sant Kabir Nagar",
    "SARAIKELA KHARSAWAN": "Seraikela Kharsawan",
    "SIDDHARTH NAGAR": "Siddharthnagar",
    "SONEPUR": "Subarnapur",
    "SOUTH ANDAMANS": "South Andaman",
    "SPSR NELLORE": "SPSR Nellore",
    "TUTICORIN": "Thoothukudi",
    "Tirupathur": "Tirupattur",
    "UDAM SINGH NAGAR": "Udham Singh Nagar",
    "UTTAR KASHI": "Uttarkashi",
    "VIJAYNAGAR": "Vijayanagara",
    "VISAKHAPATANAM": "Visakhapatnam",
    "Y.S.R.": "YSR Kadapa",
}
# The same word is another district in another state.
DISTRICTS_BY_STATE = {
    ("Delhi", "CENTRAL"): "Central Delhi",
    ("Delhi", "EAST"): "East Delhi",
    ("Delhi", "NORTH"): "North Delhi",
    ("Delhi", "NORTH EAST"): "North East Delhi",
    ("Delhi", "NORTH WEST"): "North West Delhi",
    ("Delhi", "SOUTH"): "South Delhi",
    ("Delhi", "South East"): "South East Delhi",
    ("Delhi", "SOUTH WEST"): "South West Delhi",
    ("Delhi", "WEST"): "West Delhi",
    ("Maharashtra", "AURANGABAD"): "Chhatrapati Sambhajinagar",
    ("Sikkim", "EAST DISTRICT"): "Gangtok",
    ("Sikkim", "NORTH DISTRICT"): "Mangan",
    ("Sikkim", "SOUTH DISTRICT"): "Namchi",
    ("Sikkim", "WEST DISTRICT"): "Gyalshing",
}
STATES = {
    "PUDUCHERRY": "Puducherry",
    "THE DADRA AND NAGAR HAVELI AND DAMAN AND DIU": "Dadra and Nagar Haveli and Daman and Diu",
}


def state_name(raw: str) -> str:
    """Official name of a state or union territory, as in `india-states.json`."""
    return STATES.get(raw) or title(raw)


def district_name(raw: str, state: str) -> str:
    """District under its present name, in title case."""
    return DISTRICTS_BY_STATE.get((state, raw)) or DISTRICTS.get(raw) or title(raw)


def office_name(raw: str) -> str:
    """Post office without its kind: `Jogia  B.O (Alauli S.O)` becomes `Jogia (Alauli)`."""
    name = NOISE.sub("", raw).replace("(", " (").replace("@", "alias")
    name = GENERAL.sub("GPO", " ".join(name.split()))
    name = BEFORE_PLACE.sub(r" (\1)", TAIL.sub("", BEFORE_BRACKET.sub("", name)))
    name = balanced(re.sub(r"\s*\(", " (", name).strip(" .-"))
    return capitals(name) if shouted(name) else " ".join(map(cased, name.split()))


def balanced(name: str) -> str:
    """Brackets closed once: the source cuts long names off and doubles some."""
    stem, bracket, inside = name.partition("(")
    inside = " ".join(inside.replace("(", " ").replace(")", " ").split())
    return f"{stem}({inside})" if bracket and inside else stem.replace(")", "").strip()


def shouted(name: str) -> bool:
    """Whether the whole name is in capitals."""
    return name.isupper() and len(name) > LONGEST_ABBREVIATION


def title(raw: str) -> str:
    """Title case that leaves `and` and `of` small."""
    return " ".join(word if word in SMALL_WORDS else capitals(word) for word in raw.lower().split())


def capitals(name: str) -> str:
    """First letter of every word large, known abbreviations wholly."""
    return re.sub(r"[^\W\d_]+", lambda word: capital(word.group()), name)


def capital(word: str) -> str:
    """One word with a large first letter."""
    return word.upper() if word.upper() in ABBREVIATIONS else word.capitalize()


def cased(word: str) -> str:
    """A word of a name that is not shouted as a whole: abbreviations stay, the rest gets its capital."""
    long = len(word) > LONGEST_ABBREVIATION
    if word in SMALL_WORDS or (word.isupper() and not long):
        return word
    return capitals(word) if word.isupper() or word.islower() or word.upper() in ABBREVIATIONS else word

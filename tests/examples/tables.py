"""The tables of the method's two worked examples, cell by cell, as the library must hold them.

`r` after an entry marks our own reading of the sources; a cell's entries are divided by `;` and its notes by `,`, with
both readings of a comma accepted. Beneficiaries stand before their entry.
"""

from __future__ import annotations

MODELS = {
    "nespresso-delonghi": {
        "nespresso": {
            "customer_segments": "premium households; offices",
            "value_propositions": "espresso at a push of a button; choice of coffees; club feeling",
            "channels": "online, boutiques; machines via partners' retail",
            "customer_relationships": "club membership",
            "revenue_streams": "pods; machines minor r",
            "key_resources": "patents, brand, own filling and sealing plants",
            "key_activities": "coffee marketing, pod production, direct selling",
            "key_partners": "machine makers, coffee growers",
            "cost_structure": "marketing, pod production r",
        },
        "delonghi": {
            "customer_segments": "households buying small appliances; appliance retailers r",
            "value_propositions": "well-designed appliances incl. co-branded capsule machines",
            "channels": "appliance retail; 128 countries (2017)",
            "customer_relationships": "brand, after-sales r",
            "revenue_streams": "machine sales",
            "key_resources": "appliance engineering, four brands, retail relations r",
            "key_activities": "design and make machines, channel marketing of appliances",
            "key_partners": "Nespresso, retailers",
            "cost_structure": "manufacturing, trade marketing r",
        },
    },
    "hip-replacement": {
        "northlake": {
            "customer_segments": "patients needing planned surgery; paying municipalities",
            "value_propositions": "short wait, same-day surgery",
            "channels": "referral from doctors",
            "customer_relationships": "surgeon-led, short",
            "revenue_streams": "fee per operation",
            "key_resources": "theatres, surgeons, outcome data",
            "key_activities": "operate, discharge",
            "key_partners": "implant supplier",
            "cost_structure": "theatre staff, night beds",
        },
        "fellmark": {
            "customer_segments": "residents needing recovery support",
            "value_propositions": "recovery at home",
            "channels": "municipal care desk",
            "customer_relationships": "home visits, weeks",
            "revenue_streams": "municipal budget per resident",
            "key_resources": "physiotherapists, vehicles, local knowledge",
            "key_activities": "train, visit, adapt homes",
            "key_partners": "health centre, aid store",
            "cost_structure": "staff, travel",
        },
    },
}

SHEETS = {
    "nespresso-delonghi": {
        "nespresso": {
            "intent": "reach homes without owning an appliance business r",
            "desired_value": "a1 shelf and channel marketing; a2 machine design and making",
            "value_offer": "a3 technology licence at cost; a4 brand and coffee marketing; a5 capsule supply and club",
            "transfer_activities": "licence and specifications; co-branding; joint launches with retailers r",
            "created_value": "customer: matched machine and coffee found where appliances are bought; "
            "us: each machine brings a repeat pod buyer",
        },
        "delonghi": {
            "intent": "grow in coffee machines r",
            "desired_value": "b1 working capsule system; b2 demand pull of a premium brand",
            "value_offer": "b3 retail marketing; b4 machine design and making; b5 repair network r",
            "transfer_activities": "licence and specifications; co-branding; joint launches with retailers r",
            "created_value": "us: new machine category; partner: installed base",
        },
    },
    "hip-replacement": {
        "northlake": {
            "intent": "free night beds, more same-day cases",
            "desired_value": "a1 trained patients before surgery; a2 home check on day 1",
            "value_offer": "a3 fixed theatre plan; a4 surgeon teaching hour",
            "transfer_activities": "weekly joint list meeting; shared pathway form",
            "created_value": "customer: one plan from referral to walking; us: bed nights saved",
        },
        "fellmark": {
            "intent": "fewer late, weak arrivals",
            "desired_value": "b1 discharge date a week ahead; b2 surgical instruction; b3 funding for pre-training",
            "value_offer": "b4 pre-operation home training; b5 day-1 visit; b6 front-line view on homes",
            "transfer_activities": "weekly joint list meeting; shared pathway form; "
            "visiting-therapist seat at Northlake's discharge round",
            "created_value": "us: fewer visits per patient; partner: same-day share",
        },
    },
}

WEIGHTS = {"hip-replacement": {"b1": 3, "b2": 2, "b3": 3, "a1": 3, "a2": 2}}

FITS = {
    "nespresso-delonghi": """
        a3 | b1 | A→B | 3 | no own capsule research needed r
        a4 | b2 | A→B | 3 |
        b3 | a1 | B→A | 3 |
        b4 | a2 | B→A | 3 |
        a5 | — | A→B | surplus | test whether club sign-up at sale helps B
        b5 | — | B→A | surplus | may meet an unspoken need
    """,
    "hip-replacement": """
        a3 | b1 | A→B | 3 |
        a4 | b2 | A→B | 2 |
        — | b3 | A→B | gap | ask the payer (third party)
        b4 | a1 | B→A | 3 |
        b5 | a2 | B→A | 2 | evenings unsettled
        b6 | — | B→A | surplus | candidate for front-line meeting
    """,
}

IDEAS = {
    "nespresso-delonghi": """
        Co-branded machines sold in appliance shops win pod members | a4+b3
        Joint design of a milk machine opens a new user group | a3+b4
        Club card in the box lowers machine returns | a5+b3
        Shared repair desk keeps members active | a5+b5
    """,
    "hip-replacement": """
        Pre-training plus the fixed plan gives same-day discharge | b4+a3
        Day-1 visit with the surgeon’s guide cuts returns | b5+a4
        Therapist at the discharge round removes double assessment | b6+a3+seat
        One pathway form raises patient confidence | a3+b4
    """,
}
"""The joint ideas to test, and the notes that they combine; `seat` is a transfer."""

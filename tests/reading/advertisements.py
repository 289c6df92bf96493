"""Eight advertisements as the trade writes them, and what each says. Composites, not copies."""

from dataclasses import dataclass, field
from decimal import Decimal

from careercenter.reading.models import Topic, Value
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import parse

T = Topic


@dataclass(frozen=True)
class Advertisement:
    name: str
    text: str
    says: dict[Topic, Value] = field(default_factory=dict)
    silent: tuple[Topic, ...] = ()


ADVERTISEMENTS = (
    Advertisement(
        "hospital inpatient coder, per diem",
        "Inpatient coder III, per diem\nReports to the HIM director. Codes complex inpatient and "
        "some outpatient records with ICD-10-CM, PCS, CPT/HCPCS; checks DRG; answers CDI; supports "
        "charge capture and denials. Must: associate degree in health information; RHIT and (CCS "
        "or CIC); five years acute inpatient. Wanted: RHIA. Pay $54.72 to $74.94 an hour plus "
        "differentials.",
        {
            T.TITLE: "Inpatient coder III, per diem",
            T.ROLE: "coder",
            T.CODING_TYPES: ("facility-inpatient", "facility-outpatient"),
            T.REQUIRED: parse("RHIT and (CCS or CIC)"),
            T.PREFERRED: ("rhia",),
            T.YEARS_IN: (("facility-inpatient", 5),),
            T.EMPLOYMENT: "prn-w2",
            T.PAY: Pay("hour", 5472, 7494),
        },
        (T.SETTING, T.STATES, T.APPRENTICE),
    ),
    Advertisement(
        "profee coder, remote in listed states",
        "Multi-specialty profee coder\nCodes office, procedure and inpatient rounding work for "
        "urology and general surgery in Epic; appends modifiers; works edit and denial queues; "
        "18 to 22 encounters an hour after 90 days, 95 % on monthly audit of 25 encounters. CPC or "
        "CCS-P, two years surgical; CUC a plus. Equipment sent. Remote. Must live in one of these "
        "states: AL, FL, GA, IA, IN, OK, TX. $24 to $31. Medical, dental and vision insurance.",
        {
            T.ROLE: "coder",
            T.CODING_TYPES: ("profee",),
            T.SPECIALTIES: ("multi-specialty", "urology", "general-surgery"),
            T.SOFTWARE: ("epic",),
            T.REQUIRED: parse("CPC or CCS-P"),
            T.PREFERRED: ("cuc",),
            T.YEARS: 2,
            T.SETTING: "remote-listed-states",
            T.STATES: ("AL", "FL", "GA", "IA", "IN", "OK", "TX"),
            T.EQUIPMENT: "provided",
            T.PAY: Pay("hour", 2400, 3100),
            T.UNITS: Decimal(18),
            T.UNITS_PER: "hour",
            T.UNITS_OF: "encounter",
            T.RAMP_WEEKS: 13,
            T.ACCURACY: Decimal(95),
        },
        (T.APPRENTICE, T.STATES_EXCLUDED),
    ),
    Advertisement(
        "risk adjustment reviewer, seasonal",
        "Risk adjustment reviewer, seasonal\n1099 or W-2. Reads retrospective charts for V28 (and "
        "V24 look-back); 8 charts an hour after ramp; dual review; 95 % agreement at HCC level. "
        "CRC or CPC with a year of HCC work. Per chart or $24 to $30. Remote, US only.",
        {
            T.ROLE: "risk-adjustment-reviewer",
            T.CODING_TYPES: ("risk-adjustment",),
            T.REQUIRED: parse("CRC or CPC"),
            T.YEARS_IN: (("risk-adjustment", 1),),
            T.SETTING: "remote-us",
            T.EMPLOYMENT: "contract-1099",
            T.PAY: Pay("hour", 2400, 3000),
            T.UNITS: Decimal(8),
            T.UNITS_OF: "chart",
            T.ACCURACY: Decimal(95),
            T.ACCURACY_BASIS: "hcc",
        },
        (T.STATES, T.CODE_SETS),
    ),
    Advertisement(
        "CDI specialist",
        "CDI specialist, hospital\nHybrid or remote. Concurrent review of new admissions and "
        "re-reviews, compliant queries, DRG and severity reconciliation with coders, physician "
        "teaching, metrics. RN or foreign-trained physician or experienced inpatient coder; CCDS "
        "or CDIP within two years. 10 new and 20 total reviews a day. $80k to $110k.",
        {
            T.ROLE: "cdi-specialist",
            T.CODING_TYPES: ("facility-inpatient",),
            T.REQUIRED: parse("(CCDS or CDIP) within 24 months of hire"),
            T.SETTING: "hybrid",
            T.PAY: Pay("year", 8_000_000, 11_000_000),
            T.UNITS: Decimal(20),
            T.UNITS_PER: "day",
        },
        (T.YEARS, T.YEARS_IN),
    ),
    Advertisement(
        "coding auditor and educator",
        "Coding auditor and educator\nPre-bill and retrospective audits of providers and coders, "
        "written findings, teaching sessions, trend reports, appeals help. CPC plus CPMA (or CCS), "
        "five years, two specialties. Remote. $34 to $43. May travel.",
        {
            T.ROLE: "coding-auditor",
            T.REQUIRED: parse("CPC and (CPMA or CCS)"),
            T.YEARS: 5,
            T.SETTING: "remote-us",
            T.PAY: Pay("hour", 3400, 4300),
        },
        (T.PREFERRED,),
    ),
    Advertisement(
        "apprentice profee coder",
        "Apprentice profee coder\nGroup practice in Waterloo, IA 50701, on site for six months "
        "then hybrid; charge review, simple E/M and lab, then procedures; a named mentor signs the "
        "AAPC experience letter. CPC-A or CCA welcome; Practicode or 80-hour course counts. $18.50 "
        "to $22. Productivity measured only after month four.",
        {
            T.ROLE: "coder-trainee",
            T.CODING_TYPES: ("profee",),
            T.REQUIRED: parse("CPC-A or CCA"),
            T.APPRENTICE: "yes",
            T.PLACE: "Waterloo, IA 50701",
            T.SETTING: "hybrid",
            T.PAY: Pay("hour", 1850, 2200),
        },
        (T.YEARS, T.STATES),
    ),
    Advertisement(
        "home health coder and OASIS reviewer",
        "Home health coder and OASIS reviewer\nHCS-D required, HCS-O preferred. Work in Homecare "
        "Homebase; $38 per episode at 1 episode an hour, guaranteed at least $26 an hour. "
        "Contractor, 1099. 100% remote; not hiring in CA, NY or CO. Two years of home health "
        "coding. Unpaid coding test of 45 minutes. Apply by March 3, 2027.",
        {
            T.ROLE: "oasis-mds-reviewer",
            T.CODING_TYPES: ("home-health",),
            T.REQUIRED: parse("HCS-D"),
            T.PREFERRED: ("hcs-o",),
            T.SOFTWARE: ("homecare-homebase",),
            T.YEARS_IN: (("home-health", 2),),
            T.SETTING: "remote-listed-states",
            T.STATES_EXCLUDED: ("CA", "NY", "CO"),
            T.EMPLOYMENT: "contract-1099",
            T.CODING_TEST: "yes-unpaid",
            T.PAY: Pay("per-episode", 3800, 3800, Decimal(1), 2600),
        },
        (T.STATES,),
    ),
    Advertisement(
        "AI coding validator",
        "AI coding validator\nWorks the exception queue behind CodaMetrix in Epic: 30 exceptions "
        "an hour, 97% accuracy at code level. CCS or COC and CPC within 12 months of hire. 3+ "
        "years of facility outpatient coding. Full-time, remote after two weeks of on-site "
        "training in Des Moines, Iowa. No apprentices. $62,000-$78,000 per year. $2,000 sign-on "
        "bonus. Three openings.",
        {
            T.ROLE: "ai-coding-validator",
            T.CODING_TYPES: ("facility-outpatient",),
            T.SOFTWARE: ("codametrix", "epic"),
            T.REQUIRED: parse("(CCS or COC) and CPC within 12 months of hire"),
            T.YEARS_IN: (("facility-outpatient", 3),),
            T.SETTING: "remote-after-training",
            T.PLACE: "Des Moines, IA",
            T.APPRENTICE: "no",
            T.EMPLOYMENT: "full-time-w2",
            T.PAY: Pay("year", 6_200_000, 7_800_000),
            T.OPENINGS: 3,
            T.ACCURACY: Decimal(97),
            T.ACCURACY_BASIS: "code",
        },
        (T.PREFERRED,),
    ),
)

"""The sample story: a company that sells shift-planning software, told by quarter. All of it is invented."""

from __future__ import annotations

from meetings.demo.script import Agreed, Ahead, Good, Said, Stuck
from meetings.kinds import FeedbackKind, Team, Verdict

NAME = "Example: weekly sales & marketing alignment"

ZOE, JOSE, PRIYA, EMEKA = SALES = ("Zoë", "José", "Priya", "Emeka")
YUI, HANNAH, LUKASZ, AMARA = MARKETING = ("Yui 田中", "Hannah", "Łukasz", "Amara")
GUEST = "Ingrid"
"""From customer success: joins once a quarter."""

WORDS: dict[str, tuple[str, ...]] = {
    "one": ("Nordhaven Logistics", "Brightwater Clinics", "Keller & Söhne", "Ostrava Metalworks"),
    "two": ("Hoshino Transport", "Casa Molina Foods", "Fjellbygd Care", "Granite Bay Ports"),
    "three": ("Lagos Cold Chain", "Maison Perrault", "Tri-County Hospitals", "Vinohrad Glass"),
    "four": ("Sundara Textiles", "Holloway Bus Lines", "Pereira Packaging", "Åkerlund Dairy"),
    "webinar": ("night shifts", "shift handover", "planning with absences", "overtime without surprises"),
    "fair": ("the logistics fair in Lyon", "the care congress in Leeds", "the industry days in Brno"),
    "guide": ("rest periods", "rostering", "staff shortage", "holiday planning"),
    "partner": ("Payroll Nord", "Adeyemi Consulting", "TimeClock Iberia"),
    "rival": ("RotaWorks", "ShiftBee", "Planwise"),
    "title": ("plant managers", "operations managers", "ward managers"),
    "weak": ("Paid social", "Paid search"),
}
"""What the words in braces stand for, one after the other from quarter to quarter; the first in the latest."""

A, B, K = Team.A, Team.B, FeedbackKind

FEEDBACK = (
    Said("students", 1, A, K.LEAD_QUALITY, PRIYA, "Many leads from {weak} are students or job seekers: "
         "9 of the 21 we looked at name no company.", 2, "{weak}", "{title}",
         1, "We look at the audience settings together with your reject reasons.", 7),
    Said("guide-calls", 1, B, K.CONTENT, AMARA, "The call guide for {guide} was opened by one person.",
         3, answer=1, response="It was not linked in the CRM. It is now, on every lead.",
         closed=3),
    Said("late-webinar", 2, B, K.FOLLOW_UP, HANNAH, "11 webinar leads were older than 24 hours without a call.",
         2, "Webinar", answer=1, response="From Monday on there is a rota: one of us takes new leads until 11:00.",
         closed=4),
    Said("sorting", 3, A, K.LEAD_QUALITY, EMEKA, "Sorting out leads from {weak} takes me a morning every week. "
         "Fewer than four in ten are usable.", 1, "{weak}", answer=1,
         response="Understood. From Monday we only address job titles from team lead upwards.", closed=5),
    Said("old-claim", 4, B, K.MESSAGING, YUI, "The proposal template still has last year's claim on page 1.",
         3, answer=1, response="Zoë has replaced it; old proposals stay as they are.", closed=2),
    Said("fair-mails", 5, A, K.CAMPAIGN, JOSE, "The invitation to {fair} went to customers who are about to "
         "renew. Two asked whether we are raising prices.", 2, "Event", answer=1,
         response="Our mistake. Renewals within 60 days are now left out of every mailing.", closed=3),
    Said("rival-price", 6, B, K.MARKET, YUI, "{rival} has cut its entry price by a fifth.", answer=1,
         response="Heard twice in calls so far. We note it in the CRM as a reason for lost deals.", closed=3),
    Said("handover", 7, A, K.CUSTOMER_INSIGHT, ZOE, "Three customers bought because of the handover view. "
         "Our website does not mention it.", 5, audience="{title}", answer=1,
         response="It gets its own page, with a picture and a sentence from {two}.", closed=3),
    Said("better", 8, A, K.LEAD_QUALITY, PRIYA, "Leads from {weak} are reachable now and know what we sell.",
         4, "{weak}", "{title}", 1, "Good to hear. We leave the audience as it is until the end of the quarter.", 1),
    Said("case-study", 8, B, K.CONTENT, AMARA, "The case study on {two} is used in one proposal out of nine.",
         3, answer=1, response="We did not know it was out. It is in the proposal template from today.", closed=4),
    Said("colleagues", 9, A, K.LEAD_QUALITY, EMEKA, "6 of the 14 leads from the webinar on {webinar} had been "
         "registered by a colleague and did not know of it.", 2, "Webinar", answer=1,
         response="The form will ask for one's own address; groups get a link to pass on.", closed=3),
    Said("audience", 9, B, K.AUDIENCE, LUKASZ, "Half of the accepted leads are {title}. Is that who signs?",
         4, audience="{title}", answer=1, response="They recommend; finance signs above 20,000 a year.", closed=3),
    Said("partner-wait", 10, B, K.FOLLOW_UP, HANNAH, "Four leads from {partner} have had no first call since "
         "Thursday.", 2, "Partner", answer=2, response="They had no owner. Priya assigns them every morning.",
         closed=3),
    Said("prices", 10, A, K.CAMPAIGN, JOSE, "The campaign on {guide} reaches {title}, and the first thing they "
         "ask is the price, which we do not show.", 3, audience="{title}", answer=2,
         response="We test a page with starting prices for four weeks.", closed=4),
    Said("strong-fit", 9, A, K.LEAD_QUALITY, ZOE, "Came to the first call with finance and a list of sites.", 5,
         "Webinar", lead="HS-20417", verdict=Verdict.STRONG_FIT, answer=1,
         response="Both had read the guide. We invite its readers to the next webinar.", closed=3),
    Said("weak-fit", 9, A, K.LEAD_QUALITY, PRIYA, "Four employees and one shift: nothing to plan.", 2, "Paid search",
         lead="HS-20391", verdict=Verdict.WEAK_FIT, reason="below the threshold",
         answer=1,
         response="The form now asks how many people work shifts.", closed=3),
    Said("supplier", 11, A, K.LEAD_QUALITY, PRIYA, "A supplier who wants to sell to us, not a customer.", 1,
         "Organic search", lead="{four}", verdict=Verdict.REJECTED, reason="misrouted", answer=1,
         response="The contact form now has a choice for suppliers.", closed=2, between=True),
    Said("year-end", 11, B, K.FOLLOW_UP, LUKASZ, "Leads of the last two weeks wait for more than a day.", 2,
         "Paid search", answer=1, response="Closing took everyone's time. We plan one person for it next time.",
         closed=3),
    Said("demo-words", 12, A, K.CUSTOMER_INSIGHT, EMEKA, "In demos people say roster, and we say schedule.", 4,
         audience="{title}", answer=1, response="We change it on the website and in the next guide.", closed=3),
    Said("good-guide", 12, B, K.MESSAGING, AMARA, "The new opening line for calls gets more second meetings.",
         5, answer=1, response="We use it for every source from now on.", closed=1),
)  # fmt: skip

PROBLEMS = (
    Stuck("weak", 3, EMEKA, "{weak} brings too many leads that sales cannot use",
          "We call students. It costs a morning a week and nobody wants the queue any more.",
          "Numbers were the goal we were given. We only see the reject reasons weeks later.", 6),
    Stuck("signups", 4, HANNAH, "Webinar sign-ups stand at a fifth of where they should be",
          "Our contacts get three invitations from us and two from colleagues.",
          "Mail alone does not carry it. We need invitations from people they know.", 5),
    Stuck("event-leads", 6, LUKASZ, "Nobody owns leads from {fair}",
          "They arrive as a list ten days later, without notes.",
          "We hand the list over and hear nothing about it again.", 4),
    Stuck("newsletter", 7, JOSE, "The newsletter goes out in English only",
          "Customers in Spain and Poland do not open it.", "Each language costs a day and a half a month.", 1,
          2, "Two of forty customers asked for it; we look again next year"),
    Stuck("two-prices", 9, PRIYA, "The website and the proposal name different starting prices",
          "Customers ask which one is right, and we lose the first ten minutes.",
          "The page was made for a campaign in spring and has no owner.", 3),
    Stuck("promises", 10, ZOE, "We promise a start within two weeks that onboarding cannot keep",
          "Without a date we lose against {rival}.", "Reviews mention the wait, and it hurts the next campaign.", 2,
          4, "Onboarding has hired; a start within two weeks is possible again"),
    Stuck("attribution", 11, LUKASZ, "Partner deals are counted as sales' own",
          "The partner calls us, not the website.", "Then the partner pages look useless in every report.", 1,
          3, "Both are shown from now on, sourced and influenced, never added up", between=True),
    Stuck("handover-notes", 12, AMARA, "Notes from calls do not reach the people who write the content",
          "They are all in the CRM.", "The CRM has no view for them.", 2, 2,
          "There is a saved view in the CRM for it; nobody had known"),
)  # fmt: skip

DECISIONS = (
    Agreed(0, ZOE, "One definition of a qualified lead for both teams, on one page",
           "No more than two disputed leads a week", 4, "Disputes went from seven to one a week"),
    Agreed(2, YUI, "No campaign starts without a call guide that sales has read",
           "Every campaign of the quarter has one on its first day", 6, "Four of four campaigns had one"),
    Agreed(3, PRIYA, "Every trial goes straight to sales",
           "One in five trials becomes an opportunity", 4, "-One in fourteen; trials get the mail series first"),
    Agreed(4, LUKASZ, "{weak} addresses job titles from team lead upwards, and the form asks for company size",
           "Sales accepts more than 70 % of them, four weeks in a row", 6,
           "71, 75 and 78 %: kept, and looked at again next quarter", "weak"),
    Agreed(5, HANNAH, "Partners and account executives invite to webinars, not only the mailing list",
           "25 sign-ups a week from there", 4, "26 a week on average", "signups"),
    Agreed(6, EMEKA, "One person in sales takes new leads until 11:00, by rota",
           "Median first response under two hours", 4, "An hour and a half for two weeks"),
    Agreed(8, EMEKA, "Emeka owns the leads of every event for ten days, and brings the notes",
           "Nine in ten are called within two days", 3, "31 of 34 called within two days", "event-leads"),
    Agreed(9, AMARA, "Case studies are announced in this meeting before they are published",
           "Each one is in three proposals within a month", 5, "Two of three were"),
    Agreed(10, ZOE, "Offers above €50,000 are read by marketing before they go out",
           "No returned offer because of wording", 4, "None came back"),
    Agreed(12, PRIYA, "Prices have one owner, and one page that everything else links to",
           "No question about two prices in four weeks", 4, "None in four weeks", "two-prices"),
)  # fmt: skip

WINS = (
    Good(0, "{one} signed for two sites", (JOSE, AMARA), "They had read the guide on {guide} before the first "
         "call", "Organic search", 48_000, True),
    Good(0, "Quarter opened with goals that both teams agreed on", (ZOE, YUI)),
    Good(1, "First demo from {partner}", (EMEKA, HANNAH), "A joint call instead of a mail", "Partner"),
    Good(2, "The call guide for {guide} is in use", (AMARA, PRIYA), "Written after listening to five calls"),
    Good(2, "{four} renewed for two years", (ZOE,), amount=21_500, team=A),
    Good(3, "Guide on {guide}: 140 downloads in a week", (AMARA,), "Short form, two fields", "Email", team=B),
    Good(4, "{three} moved from trial to contract in nine days", (PRIYA, LUKASZ), "Called within the hour",
         "Paid search", 14_400),
    Good(5, "The team at {two} agreed to be a reference", (JOSE, AMARA), "Asked right after the first month"),
    Good(6, "Webinar invitation by {partner} brought 24 sign-ups", (HANNAH, JOSE), "Their words, not ours",
         "Partner"),
    Good(6, "Three days in a row without a lead waiting overnight", (EMEKA, PRIYA), team=A),
    Good(7, "{four} asked for an offer after the webinar on {webinar}", (HANNAH, EMEKA), "José stayed for the "
         "questions", "Webinar", 32_000),
    Good(8, "86 good talks at {fair}", (HANNAH, EMEKA, LUKASZ), "Sales staffed the stand in pairs with marketing",
         "Event", 0, True),
    Good(8, "Leads from {weak}: accepted share above 70 % for the first time", (LUKASZ, EMEKA),
         "Job titles, and company size in the form", "{weak}"),
    Good(9, "{two} signed", (JOSE, AMARA, PRIYA), "The case study answered the board's question", "Webinar",
         67_000, True),
    Good(10, "Case study on {two} is published", (AMARA, JOSE), "Written together in one afternoon"),
    Good(10, "{three} added a second site", (ZOE, HANNAH), "Invited to the webinar as customers", "Webinar", 18_900),
    Good(10, "Every lead of the week was reviewed by Friday", (PRIYA, LUKASZ), team=A),
    Good(11, "{one} asked for an offer without a pitch", (ZOE, YUI), "Knew us from {fair}", "Event", 54_000),
    Good(11, "The mail series for trials has its first two deals", (AMARA, PRIYA), source="Email"),
    Good(12, "Last big deal of the quarter: {four}", (JOSE, LUKASZ), "Found us through a comparison page",
         "Paid search", 39_000, True),
    Good(12, "Website with the new words is live", (AMARA,), team=B),
)  # fmt: skip

COMING_UP = (
    Ahead(0, 24, B, "Campaign on {guide} starts"),
    Ahead(1, 40, B, "Webinar on {webinar}"),
    Ahead(2, 12, A, "Second call with the board of {two}"),
    Ahead(3, 38, Team.BOTH, "Stand at {fair}"),
    Ahead(5, 9, A, "Decision at {three}"),
    Ahead(6, 27, B, "Case study on {two} is published"),
    Ahead(8, 20, B, "Second webinar on {webinar}, with {partner}"),
    Ahead(9, 30, A, "Renewal of {one}, the largest of the quarter"),
    Ahead(10, 13, Team.BOTH, "Planning of the next quarter, two hours"),
    Ahead(10, 34, B, "New website goes live"),
    Ahead(11, 10, A, "Contract with {four} is due to be signed"),
    Ahead(12, 17, B, "Release with the new handover view"),
)

NOTES: dict[int, tuple[tuple[str, str], ...]] = {
    0: (("goals", "All goals of the quarter read out and agreed, but for brand recall."),),
    1: (
        ("leads", "Reject reasons are missing for a third of the leads."),
        ("wrapup", "Too long on single leads."),
    ),
    2: (("leads", "Start from the reject reasons, not from single leads."),),
    3: (
        ("actions", "Both sides heard on {weak}. Solved next week at the latest."),
        ("wrapup", "Ran over again."),
    ),
    4: (("goals", "Sign-ups are the goal to worry about."), ("actions", "Took the two big problems first.")),
    5: (
        ("checkin", "Hannah joins late: set-up at {partner}."),
        ("actions", "Fewer items, with clearer owners."),
    ),
    6: (("leads", "First week with the new audience. Wait for two more."),),
    7: (
        ("checkin", "Ingrid reports from customer success."),
        ("goals", "Pipeline falls behind: look at it deal by deal."),
    ),
    8: (
        ("leads", "Fair leads are not in these numbers; they come next week."),
        ("wrapup", "Best one so far."),
    ),
    9: (("goals", "Pipeline: which deals can still move, and what do they need from marketing?"),),
    10: (
        ("goals", "Pipeline is the one to watch. José and Amara go through the ten largest deals on Monday."),
        ("leads", "{weak} holds at almost 80 %. Partner leads wait too long: feedback is open."),
        ("actions", "Two parked problems left for next time."),
    ),
    11: (
        ("goals", "Quarter ends in two weeks."),
        ("actions", "Only what matters before the quarter closes."),
    ),
    12: (("goals", "Quarter closed. What was not reached is told as it is."), ("wrapup", "Short and tired.")),
}
"""Notes of a week's meeting by step."""

RATING_WORDS = {
    "low": ("too long", "same topics again", "rushed at the end", "unclear", "few answers"),
    "middle": ("useful", "better", "open", "long on leads", "clear owners"),
    "high": ("focused", "honest", "quick", "well prepared", "good pace"),
}

NOT_DONE = (
    "Began late, half done",
    "Waits for an answer, asked again",
    "A draft is there and needs a second pair of eyes",
    "The week went into customer visits",
    "Needs one more hour",
)
"""Notes on items that are looked at and not done."""

"""The same lies in other words: synonyms, hedges, demonyms and turns of phrase that the lists of the rules were not written from."""

import re
from itertools import product

from lies import Lies
from numbers_in_prose import beside, held, numeral, swapped
from test_invented import PAGES, SUBJECTS, told


def words(text):
    return [f"{word} " for word in text.split("|")]


def after(text):
    return [f" {word}" if word[0].isalpha() else word for word in text.split("|")]


def test_another_hedge_is_found_out():
    hedges = (
        "well over|just shy of|no fewer than|barely|a good|close on|hardly|as little as|a shade under|getting on for|north of|little more than|at best"
        "|upwards of|scarcely|rather more than|comfortably above|a fraction of|as many as|something over|anything up to|a little short of|an alleged"
    )
    held("hedge in other words", "token", beside(words(hedges), when=numeral), 0.95)


def test_a_hedge_behind_a_number_is_found_out():
    hedges = "or so|or thereabouts|and counting|and upwards|if not more|at a minimum|at the very most|give or take|and rising|or less"
    held("hedge behind", "token", beside(after(hedges), after=True, when=numeral), 0.95)


def test_another_word_of_direction_is_found_out():
    moving = (
        "slumping to|edging up to|dwindling to|a slump of|an uptick of|a dip of|sliding to|up from|down from|recovering to|easing to|creeping up to"
        "|rebounding to|contracting by|an upturn of|a downturn of|ballooning to|swelling to|receding to|tapering off to|nudging up to|sagging to"
        "|ticking up to|having shot up to|after a plunge to|eroded to|cut to|trimmed to|lifted to|boosted to"
    )
    held("direction in other words", "proposition", beside(words(moving)), 0.95)


def test_another_comparison_is_found_out():
    compared = (
        ", twice as many as before|, a third fewer than before|, half as many as elsewhere|, outstripping all others|, trailing the rest|, ahead of the rest"
        "|, behind everybody else|, the worst of all|, the best in the country|, dwarfing the rest|, second only to one|, a record|, an all-time low|, a peak"
        "|, unmatched anywhere|, topping the table|, bottom of the league|, on a par with the rest|, double that of others|, outdoing the rest"
        "|, lagging far behind|, leading the field|, as against fewer before|, nowhere surpassed|, beaten by none|, a new high|, falling short of the rest"
    )
    held("comparison in other words", "proposition", beside(compared.split("|"), after=True), 0.95)


def of_a_number(passage, place):
    """Return whether a place of a passage stands in the clause of a number that is linked, and nothing is denied there already."""
    text = passage.block.text
    gaps = [(min(place, link.start), max(place, link.start)) for link in passage.block.links if link.scheme == "figure"]
    near = any(not re.search(r"[,;:().]|\b(?:and|but|that|which|who)\b", text[start:end]) for start, end in gaps)
    return near and not re.match(r"\w+ \w+ (?:not|no|never)\b", text[place:])


def test_a_negation_is_found_out():
    turned = "is/is_not are/are_not was/was_not were/were_not has/has_not have/have_not had/had_hardly can/cannot does/does_not would/would_never do/do_not"
    forward = [lie for lie in swapped(turned) if len(lie[1].block.text) > len(lie[0].block.text) and of_a_number(*lie[1:])]
    held("negation", "negated", forward, 0.9)


def test_another_period_is_found_out():
    periods = (
        "last year|the following spring|a decade ago|in the nineties|since the pandemic|two years earlier|by the autumn|in the previous quarter"
        "|at the turn of the century|last month|during the war|overnight|next year|in the Victorian age|a generation ago|the year before|after the election"
    )
    held("period in other words", "foreign", beside(after(periods), after=True), 0.9)


def test_another_place_is_found_out():
    places = (
        "among Scottish ones|in the Midlands|in Cornwall|across the Atlantic|in Glaswegian homes|north of the border|in the capital|overseas|on Merseyside"
        "|among Catalan ones|among Welsh ones|in Portuguese towns|in Finland|in the Home Counties|in Tyneside|among Belgians|in Brazil|in Ulster|in East Anglia"
    )
    held("place in other words", "foreign", beside(after(places), after=True), 0.95)


def test_another_subject_is_found_out():
    subjects = (
        "firms/hospitals businesses/farms people/pensioners employees/volunteers young/old employers/landlords pupils/undergraduates neighbourhoods/villages"
        " spaces/libraries councils/police_forces manufacturing/fishing jobs/homes pay/rent productivity/morale apprentices/trainees SMEs/multinationals"
        " skills/debts growth/debt workers/soldiers parents/grandparents stakeholders/shareholders members/outsiders firm/hospital region/school"
    )
    held("subject in other words", "foreign", swapped(subjects), 0.9)


def test_what_a_number_is_counted_by_is_found_out():
    by = "a week|each day|per household|a head|an hour|per square mile|monthly|per thousand|a term|every quarter"
    held("counted by", "token", beside(after(by), after=True, when=lambda link: numeral(link) and link.text[-1].isdigit()), 0.9)


def test_another_source_design_or_stance_is_found_out():
    said = (
        " in a randomised trial|, which the Treasury rejected|, as a watchdog warned|, a census shows|, as lobbyists told ministers|, which nobody denied"
        "|, a meta-analysis found|, and these are final figures|, counted every decade|, as unpublished papers say|, which the regulator condemned"
        "|, as a clinical trial had it|, though consultants opposed it|, in a cohort of twins|, according to a government survey|, as the ministry laments"
        "|, from leaked papers|, each month|, in a field trial|, by an experiment on volunteers"
    )
    held("source, design or stance put in", "foreign", beside(after(said), after=True), 0.9)


JUDGING = [
    "Hardly any {} export.",
    "Few {} complain.",
    "{} top the table.",
    "{} trail behind.",
    "{} lag behind their rivals.",
    "{} outstrip the rest.",
    "The share of {} has halved.",
    "{} are second to none.",
    "{} have dwindled.",
    "{} are streets ahead.",
    "Prospects of {} slumped.",
    "{} fare worst.",
    "There would be no growth but for {}.",
    "Were it not for {} the region would be poor.",
    "{} create jobs single-handedly.",
    "The lion's share of jobs is with {}.",
    "Next to no {} took part.",
    "It goes without saying that {} gain.",
    "{} pay for themselves.",
    "{} trigger growth.",
    "{} brought about the recovery.",
    "{} underpin prosperity.",
    "{} put an end to decline.",
    "Trust in {} has evaporated.",
    "Spending on {} edged up.",
    "{} are twice as productive as others.",
    "A third fewer {} apply.",
    "{} are bound to succeed.",
    "{} have the edge over others.",
    "{} never looked back.",
    "{} are worse off than before.",
    "{} beat all rivals.",
    "{} account for the recovery.",
    "{} are the backbone of the economy.",
    "{} hold the region back.",
]


def test_an_invented_sentence_in_other_words_is_found_out():
    lies, pages = Lies("invented in other words", 0.95, "unlinked"), list(PAGES.values())
    for place, (said, subject) in enumerate(product(JUDGING, SUBJECTS)):
        name = subject if said.startswith("{}") else subject[0].lower() + subject[1:]
        sentence = said.format(name)
        lies.tell(sentence, told(pages[place % len(pages)], sentence))
    lies.held()

"""Sentences that nobody's evidence bears out, put into the chapters of the book: without a number, and so beside the rules of numbers."""

from dataclasses import replace
from itertools import product

from lies import Lies
from whole import LIBRARY

from evidence import paths
from evidence.gates import read_book
from evidence.statements import read_blocks
from evidence.statements.checking import check_passages

PAGES = {passage.page: passage for passage in read_book(paths.chapters_dir()) if passage.states and passage.block.links}
SUBJECTS = [
    "Small firms",
    "Large employers",
    "Young people",
    "Coworking spaces",
    "Apprentices",
    "Councils",
    "Local partnerships",
    "Manufacturers",
    "Women in manufacturing",
    "Universities",
]
JUDGING = [
    "{} have always worked alone.",
    "Nobody trusts {}.",
    "All {} want the same.",
    "{} prove that coordination works.",
    "{} have lost ground ever since the crisis.",
    "{} are far better off than they were.",
    "{} carry the heaviest burden.",
    "{} never ask for help.",
    "{} grew thanks to public money.",
    "Almost all {} have given up.",
    "The vast majority of {} agree.",
    "Wages of {} fell.",
    "{} earn more than their neighbours.",
    "{} led to the loss of many jobs.",
    "Most {} refuse to share what they know.",
    "{} are no longer in favour.",
    "Productivity of {} has risen.",
    "{} guarantee good jobs.",
    "No {} took part.",
    "{} are the key to growth and have the best prospects.",
    "{} are to blame for the gap.",
    "{} dominate the region.",
    "Trade with {} collapsed.",
    "{} outperform the rest of the country.",
    "{} owe their success to the government.",
    "Invariably {} come first.",
    "{} alone create jobs.",
    "Without {} nothing works.",
    "The region would be nothing without {}.",
    "{} have transformed the economy.",
    "It is a fact that {} are thriving.",
    "{} are twice blessed.",
    "Only {} benefit.",
]


def told(passage, sentence):
    """Return the rules that a sentence breaks where it stands alone in the place of a passage."""
    [block] = read_blocks(sentence)
    checked = check_passages([replace(passage, block=block, lines=())], LIBRARY)
    return [problem.rule for problem in checked.faults] + ["unbound" for _ in checked.unbound]


def test_an_invented_sentence_that_judges_is_found_out():
    lies, pages = Lies("invented sentences", 0.9, "unlinked"), list(PAGES.values())
    for place, (said, subject) in enumerate(product(JUDGING, SUBJECTS)):
        name = subject if said.startswith("{}") else subject[0].lower() + subject[1:]
        sentence = said.format(name)
        lies.tell(sentence, told(pages[place % len(pages)], sentence))
    lies.held()


def test_the_same_subjects_without_a_judgement_are_let_through():
    plain = "{} are among those asked.|Some of the sources speak of {}.|What {} may gain is left open.|Whether all {} agree, the sources do not say."
    raised = [
        sentence
        for said, subject in product(plain.split("|"), SUBJECTS)
        for sentence in [said.format(subject if said.startswith("{}") else subject[0].lower() + subject[1:])]
        if told(PAGES["coordination"], sentence)
    ]
    assert raised == []

"""The wording of a question tells whether passages hold its answer, or whole texts."""

from __future__ import annotations

import pytest

from rag.records import Breadth
from rag.understand.breadth import breadth_of

OF_THE_WHOLE = (
    "Summarise this document",
    "Summarize the annual report in three bullet points.",
    "Can you please give me a short summary of lease.pdf?",
    "What is this document about?",
    "What is it about?",
    "Explain the argument of this paper.",
    "Explain this document to me",
    "What are the main points?",
    "Key takeaways?",
    "Give me the key takeaways from the report",
    "Outline the contract",
    "tl;dr",
    "Give me an overview of the handbook",
    "How does the argument develop over the report?",
    "What are the risks described overall?",
    "What are the main risks described in the report?",
    "Summarise the report in one page",
    "I need a one-page summary of the minutes",
    "What happens in the novel?",
    'What is the plot of "Pride and Prejudice"?',
    "Tell me about this document",
    "What does the report say overall?",
    "Summarise it chapter by chapter",
    "Walk me through the lease",
    "What should I know about this contract?",
    "How is the report structured?",
    "What does Kant argue?",
    "Could you sum up the findings of the study?",
    "Fass das Dokument zusammen",
    "Kannst du mir den Bericht bitte zusammenfassen?",
    "Worum geht es in diesem Vertrag?",
    "Worum geht's?",
    "Gib mir einen Überblick über den Mietvertrag",
    "Was sind die wichtigsten Punkte?",
    "Erkläre mir die Argumentation des Aufsatzes",
    "Résume ce document",
    "Pouvez-vous me résumer le rapport en trois phrases ?",
    "De quoi parle ce livre ?",
    "Quels sont les points clés du rapport ?",
    "Explique-moi ce contrat",
    "Resume el informe",
    "¿De qué trata este documento?",
    "¿Cuáles son los puntos principales del contrato?",
    "Hazme un resumen del libro",
    "Explícame el argumento del ensayo",
    "Riassumi il documento",
    "Di cosa parla il libro?",
    "Resuma o relatório",
    "Do que trata este documento?",
    "Vat het rapport samen",
    "Waar gaat dit document over?",
    "Кратко изложи документ",
    "О чём эта книга?",
    "总结这份文件",
    "这份报告讲了什么？",
    "この文書を要約してください",
    "لخص هذا المستند",
    "이 문서를 요약해 줘",
)
OF_SEVERAL = (
    "Compare A and B",
    "Compare the lease and the loan",
    "Compare the two leases",
    "What changes between the two drafts?",
    "What's different in the new version?",
    "What are the differences between the 2023 and 2024 lease?",
    "How do the two contracts differ?",
    "How does the 2024 report differ from the 2023 report?",
    "compare report_2022.pdf with report_2023.pdf",
    "What has changed since last year's policy?",
    "What changes between A and B?",
    "2023 lease vs 2024 lease",
    "Vergleiche die beiden Verträge",
    "Was hat sich zwischen den beiden Fassungen geändert?",
    "Was sind die Unterschiede zwischen dem alten und dem neuen Vertrag?",
    "Compare les deux contrats",
    "Quelles sont les différences entre les deux versions ?",
    "Qu'est-ce qui a changé dans la nouvelle version ?",
    "Compara los dos informes",
    "¿Qué diferencias hay entre el contrato de 2022 y el de 2023?",
    "¿Qué ha cambiado en la nueva versión?",
    "Confronta i due contratti",
    "Сравни два договора",
    "比较这两份合同",
    "二つの契約書を比較してください",
)
OF_A_FACT = (
    "What is the notice period?",
    "Explain the term 'force majeure'",
    "Summarise clause 7",
    "Compare the rents of A and B",
    "What does it say about pets?",
    "How many contracts are there?",
    "List all tenants",
    "Who wrote the summary?",
    "Where is the summary of the report?",
    "What is the difference in rent between A and B?",
    "What was the change in revenue between 2012 and 2013?",
    "What are the differences between temporary and permanent modifications?",
    "Compare the notice period in the lease and in the supply contract",
    "Summarise what the lease says about pets",
    "What does the lease say about pets?",
    "Explain the notice period",
    'What does "indemnity" mean?',
    "Explain the deposit rules in the lease",
    "Summarise chapter 3",
    "What is chapter 3 about?",
    "What are the main products of the company?",
    "What is the overall rent?",
    "When was the overview published?",
    "What is the purpose of the deposit?",
    "Who explains the method?",
    "What is on page 12?",
    "What changed in the rent?",
    "Does the report summarise the risks?",
    "Wie hoch ist die Miete?",
    "Erkläre den Begriff Kaution",
    "Fasse Abschnitt 4 zusammen",
    "Was steht in Klausel 5?",
    "Was sagt der Vertrag über Haustiere?",
    "Quel est le loyer ?",
    "Explique le terme « force majeure »",
    "Que dit le contrat sur les animaux ?",
    "¿Cuál es la renta?",
    "¿Qué dice el contrato sobre las mascotas?",
    "Explica la cláusula 5",
    "第三章讲了什么？",
    "租金是多少？",
    "What was the dispute about?",
    "Explain how to reset the device",
    "Why was the rent raised?",
    "Compare Apple and Microsoft in terms of revenue",
    "What is the main cause of the fire?",
    "What does the abbreviation GDP mean?",
)


@pytest.mark.parametrize("question", OF_THE_WHOLE)
def test_what_asks_for_all_of_a_text_is_told(question: str):
    assert breadth_of(question) is Breadth.WHOLE


@pytest.mark.parametrize("question", OF_SEVERAL)
def test_what_compares_texts_is_told(question: str):
    assert breadth_of(question) is Breadth.COMPARE


@pytest.mark.parametrize("question", OF_A_FACT)
def test_what_a_few_passages_hold_asks_for_no_more(question: str):
    assert breadth_of(question) is Breadth.FACT


def test_of_several_sentences_the_widest_counts():
    question = "I have to present this tomorrow. Can you summarise the report? Who wrote it?"

    assert breadth_of(question) is Breadth.WHOLE


def test_a_question_that_brings_its_own_text_wants_no_document():
    assert breadth_of("Summarise this: " + "the tide came in. " * 100) is Breadth.FACT

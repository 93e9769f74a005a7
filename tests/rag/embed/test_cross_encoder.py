"""The reranker with tiny cross-encoders that are made, trained and saved here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.embed.cross_encoder import BUDGET_S, CrossEncoderReranker
from rag.errors import RerankerBroken
from rag.protocols import Candidate
from tests.rag.embed.tiny_cross_encoder import TOPICS, bert, passage, question, save, train

pytestmark = pytest.mark.models


def candidate(chunk_id: int, text: str, fused: float = 0.5, title: str = "") -> Candidate:
    return Candidate(chunk_id, 1, title, "", text, dense=0.0, lexical=0.0, fused=fused)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny-reranker"
    train(folder)
    return folder


@pytest.fixture(scope="module")
def reranker(folder: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(folder, budget_s=60)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_passage_that_answers_is_put_first(reranker: CrossEncoderReranker, topic: str):
    candidates = [candidate(n, passage(told)) for n, told in enumerate(TOPICS)]

    scores = reranker.rerank(question(topic), candidates)

    assert max(scores) == scores[TOPICS.index(topic)]
    assert all(0 < score < 1 for score in scores)
    assert scores[TOPICS.index(topic)] > 0.5 > sorted(scores)[-2]


def test_scores_come_in_the_order_of_the_candidates_whatever_their_fused_scores(
    reranker: CrossEncoderReranker,
):
    texts = ["the lease is told", "the garden is told", "the engine is told"]
    rising = [candidate(n, text, fused=0.1 * n) for n, text in enumerate(texts)]
    falling = [candidate(n, text, fused=0.9 - 0.1 * n) for n, text in enumerate(texts)]

    assert reranker.rerank(question("lease"), rising) == pytest.approx(
        reranker.rerank(question("lease"), falling), abs=1e-6
    )


def test_half_the_precision_gives_nearly_the_same_scores(
    reranker: CrossEncoderReranker, folder: Path
):
    half = CrossEncoderReranker(folder, precision="bfloat16", budget_s=60)
    candidates = [candidate(n, passage(told)) for n, told in enumerate(TOPICS)]

    scores = half.rerank(question("harbour"), candidates)

    assert scores == pytest.approx(reranker.rerank(question("harbour"), candidates), abs=0.05)
    assert scores != reranker.rerank(question("harbour"), candidates)


def test_title_and_heading_are_read_too(reranker: CrossEncoderReranker):
    plain, titled = candidate(1, "is told"), candidate(2, "is told", title="the lease")

    without, with_title = reranker.rerank(question("lease"), [plain, titled])

    assert with_title > without


def test_a_long_passage_is_cut_at_the_models_limit(reranker: CrossEncoderReranker):
    long = candidate(1, "the lease is told " + "the " * 5000)

    (score,) = reranker.rerank(question("lease"), [long])

    assert 0 < score < 1


def test_no_candidates_have_no_scores(reranker: CrossEncoderReranker):
    assert reranker.rerank("anything", []) == []


def test_when_the_time_is_up_the_rest_keep_their_order_below(folder: Path):
    now = [0.0]
    reranker = CrossEncoderReranker(folder, budget_s=2.5, clock=lambda: now[0])
    predict = reranker._model.predict

    def slowly(*arguments, **named):
        now[0] += 1.0
        return predict(*arguments, **named)

    reranker._model.predict = slowly
    candidates = [candidate(n, "the garden is told", fused=0.05 * n) for n in range(20)]

    scores = reranker.rerank(question("lease"), candidates)

    assert now[0] == 2.0  # a third batch would not have ended in time
    read, left = scores[16:], scores[:16]
    assert left == sorted(left)
    assert len(set(left)) == 16
    assert max(left) < min(read)


def test_some_are_read_however_short_the_time(folder: Path):
    reranker = CrossEncoderReranker(folder, budget_s=0)
    candidates = [candidate(n, passage(told)) for n, told in enumerate(TOPICS[:3])]

    scores = reranker.rerank(question(TOPICS[1]), candidates)

    assert max(scores) == scores[1]


def test_many_threads_get_what_one_gets(reranker: CrossEncoderReranker):
    candidates = [candidate(n, passage(told)) for n, told in enumerate(TOPICS)]
    alone = {topic: reranker.rerank(question(topic), candidates) for topic in TOPICS}
    together: dict[str, list[float]] = {}

    def ask(topic: str) -> None:
        together[topic] = reranker.rerank(question(topic), candidates)

    threads = [threading.Thread(target=ask, args=(topic,)) for topic in TOPICS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert together == {topic: pytest.approx(alone[topic], abs=1e-6) for topic in TOPICS}


def test_a_model_made_of_modules_is_loaded_as_well(tmp_path: Path, folder: Path):
    """The form in which newer ones are published: pooling and layers in folders of their own."""
    import torch
    from sentence_transformers import CrossEncoder
    from sentence_transformers.base.modules import Dense, Transformer
    from sentence_transformers.sentence_transformer.modules import LayerNorm, Pooling

    def dense(size: int, activation: torch.nn.Module, name: str) -> Dense:
        return Dense(
            32,
            size,
            activation_function=activation,
            module_input_name="sentence_embedding",
            module_output_name=name,
        )

    modules = [
        Transformer(str(folder), transformer_task="feature-extraction"),
        Pooling(32, pooling_mode="cls"),
        dense(32, torch.nn.GELU(), "sentence_embedding"),
        LayerNorm(32),
        dense(1, torch.nn.Identity(), "scores"),
    ]
    saved = CrossEncoder(modules=modules, device="cpu")
    saved.save_pretrained(str(tmp_path / "modular"), create_model_card=False)
    texts = [passage(told) for told in TOPICS]
    logits = saved.predict(
        [(question("lease"), f"\n{text}") for text in texts], activation_fn=torch.nn.Identity()
    )

    scores = CrossEncoderReranker(tmp_path / "modular", budget_s=60).rerank(
        question("lease"), [candidate(n, text) for n, text in enumerate(texts)]
    )

    assert scores == pytest.approx([1 / (1 + 2.718281828459045**-x) for x in logits], abs=1e-5)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "model.safetensors").unlink(),
        lambda folder: (folder / "config.json").write_text("{", "utf-8"),
        lambda folder: (folder / "model.safetensors").write_bytes(b"not weights"),
    ],
    ids=["no weights", "bad settings", "bad weights"],
)
def test_a_damaged_folder_is_named_and_searching_can_go_on(
    tmp_path: Path, folder: Path, damage: Callable[[Path], None]
):
    copy = tmp_path / "my-reranker"
    copy.mkdir()
    for file in folder.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    damage(copy)

    with pytest.raises(RerankerBroken, match=r"my-reranker.*Searching goes on without it"):
        CrossEncoderReranker(copy)


def test_a_model_that_sorts_into_kinds_is_no_reranker(tmp_path: Path):
    save(tmp_path, bert(labels=3))

    with pytest.raises(RerankerBroken, match="3 scores"):
        CrossEncoderReranker(tmp_path)


def test_weights_that_compute_nothing_are_told(folder: Path):
    import torch

    reranker = CrossEncoderReranker(folder, budget_s=BUDGET_S)
    with torch.no_grad():
        for weights in reranker._model.parameters():
            weights.fill_(float("nan"))

    with pytest.raises(RerankerBroken, match="not numbers"):
        reranker.rerank(question("lease"), [candidate(1, "the lease is told")])

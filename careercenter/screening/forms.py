"""The questions as an employer writes them, and as a candidate answers them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from careercenter.candidates.forms import HINT as FILE_HINT
from careercenter.candidates.forms import ResumeField, harmless_name
from careercenter.candidates.models import StoredFile
from careercenter.screening.models import (
    LONGEST_ANSWER,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    WITH_OPTIONS,
    Answer,
    Kind,
    Question,
)
from careercenter.web.fields import (
    CheckboxesField,
    CountField,
    DayField,
    NumberField,
    clean,
    clean_lines,
)

BLANKS = 2  # empty rows below those that are filled
KINDS = {
    Kind.TEXT: "A line of text",
    Kind.LONG: "A longer text",
    Kind.CHOICE: "One of several answers",
    Kind.MANY: "Any of several answers",
    Kind.NUMBER: "A number",
    Kind.DATE: "A date",
    Kind.FILE: "A file, PDF or Word",
}
TOO_LONG = f"Use at most {LONGEST_ANSWER:,} characters."


class QuestionsForm(FlaskForm):
    """Rows of fields, made by ``questions_form``."""

    version = HiddenField()
    rows: Sequence[int] = ()

    def row(self, number: int) -> Mapping[str, Field]:
        """The fields of a row by their plain names."""
        names = (
            "text",
            "kind",
            "options",
            "accepted",
            "least",
            "required",
            "after",
            "after_answer",
        )
        return {name: self[f"{name}_{number}"] for name in names}

    def questions(self) -> tuple[Question, ...]:
        """What was written, numbered anew. Only after ``validate``."""
        written = [n for n in self.rows if self[f"text_{n}"].data]
        new = {old: number for number, old in enumerate(written, 1)}
        return tuple(self._question(old, new) for old in written)

    def validate(self, extra_validators: Any = None) -> bool:
        """What belongs together is looked at together."""
        fine = bool(super().validate(extra_validators))
        for number in self.rows:
            for field, words in self._faults(number):
                field.errors = [*field.errors, words]
                fine = False
        return fine

    def _question(self, old: int, new: Mapping[int, int]) -> Question:
        row, kind = self.row(old), Kind(self[f"kind_{old}"].data)
        after = row["after"].data
        return Question(
            number=new[old],
            text=row["text"].data,
            kind=kind,
            required=row["required"].data,
            options=_lines(row["options"].data) if kind in WITH_OPTIONS else (),
            accepted=_lines(row["accepted"].data) if kind in WITH_OPTIONS else (),
            least=row["least"].data if kind is Kind.NUMBER else None,
            after=new[after] if after else None,
            after_answer=row["after_answer"].data if after else "",
        )

    def _faults(self, number: int) -> Iterator[tuple[Field, str]]:
        row = self.row(number)
        if row["text"].data:
            yield from _faults_of_options(row)
            yield from self._faults_of_condition(number, row)
            yield from self._faults_of_files(number, row)

    def _faults_of_files(
        self, number: int, row: Mapping[str, Field]
    ) -> Iterator[tuple[Field, str]]:
        before = [n for n in self.rows if n < number and self[f"text_{n}"].data]
        files = [n for n in before if self[f"kind_{n}"].data == Kind.FILE]
        if row["kind"].data == Kind.FILE and files:
            yield row["kind"], "Ask for one file only."

    def _faults_of_condition(
        self, number: int, row: Mapping[str, Field]
    ) -> Iterator[tuple[Field, str]]:
        after = row["after"].data
        if after is None:
            return
        earlier = self.row(after) if after in self.rows and after < number else None
        if earlier is None or not earlier["text"].data:
            yield row["after"], "Choose an earlier question."
        elif row["after_answer"].data not in _lines(earlier["options"].data):
            yield row["after_answer"], "Write one of the answers of that question."


def _faults_of_options(row: Mapping[str, Field]) -> Iterator[tuple[Field, str]]:
    options = _lines(row["options"].data)
    if row["kind"].data not in WITH_OPTIONS:
        return
    if not 2 <= len(options) <= MOST_OPTIONS:
        yield row["options"], f"Write from two to {MOST_OPTIONS} answers, a line each."
    if any(len(option) > LONGEST_OPTION for option in options):
        yield row["options"], f"Use at most {LONGEST_OPTION} characters for an answer."
    if not set(_lines(row["accepted"].data)) <= set(options):
        yield row["accepted"], "Write answers as they stand above, a line each."


def questions_form(questions: Sequence[Question], **kwargs: Any) -> QuestionsForm:
    """With empty rows to add to."""

    class Rows(QuestionsForm):
        rows = range(1, MOST_QUESTIONS + 1)

    data: dict[str, Any] = {}
    for number in Rows.rows:
        for name, field in _row_fields().items():
            setattr(Rows, f"{name}_{number}", field)
    for question in questions:
        data |= {f"{name}_{question.number}": value for name, value in _row_data(question).items()}
    return Rows(data=data | kwargs.pop("data", {}), **kwargs)


def shown_rows(form: QuestionsForm) -> int:
    """Those that are filled, and a few more."""
    filled = [n for n in form.rows if form[f"text_{n}"].data or form[f"text_{n}"].errors]
    return min(MOST_QUESTIONS, max(filled, default=0) + BLANKS)


def _row_fields() -> dict[str, Any]:
    kinds = [SelectChoice(kind.value, words) for kind, words in KINDS.items()]
    longest = Length(max=LONGEST_QUESTION, message=f"Use at most {LONGEST_QUESTION} characters.")
    several = Length(max=MOST_OPTIONS * (LONGEST_OPTION + 2), message="That is too long.")
    return {
        "text": StringField("Question", [longest], filters=[clean]),
        "kind": SelectField("Answered by", choices=kinds, default=Kind.TEXT.value),
        "options": TextAreaField("Answers to choose from", [several], filters=[clean_lines]),
        "accepted": TextAreaField("Answers you can use", [several], filters=[clean_lines]),
        "least": CountField("At least", "", 0, 999_999),
        "required": BooleanField("Must be answered"),
        "after": CountField("Only after question", "", 1, MOST_QUESTIONS),
        "after_answer": StringField("answered with", [Length(max=LONGEST_OPTION)], filters=[clean]),
    }


def _row_data(question: Question) -> Mapping[str, Any]:
    return {
        "text": question.text,
        "kind": question.kind.value,
        "options": "\n".join(question.options),
        "accepted": "\n".join(question.accepted),
        "least": question.least,
        "required": question.required,
        "after": question.after,
        "after_answer": question.after_answer,
    }


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in (text or "").split("\n") if line.strip()))


class AnswersForm(FlaskForm):
    """A form that may have questions among its fields, see ``asking``."""

    questions: Sequence[Question] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        answers = {q.number: self._given(q) for q in self.questions}
        for question in self.questions:
            if question.required and question.is_asked(answers) and not answers[question.number]:
                field = self[_name(question)]
                field.errors = [*field.errors, "Answer this question."]
                fine = False
        return fine

    @property
    def question_fields(self) -> list[Field]:
        return [self[_name(question)] for question in self.questions]

    @property
    def files(self) -> list[ResumeField]:
        """The fields that a file was given to, and was asked for. Only after ``validate``."""
        fields = [self[_name(answer.question)] for answer in self.answers({})]
        return [field for field in fields if isinstance(field, ResumeField) and field.given]

    def answers(self, files: Mapping[str, StoredFile]) -> tuple[Answer, ...]:
        """To what was asked. ``files``: name of a field → what is stored. After ``validate``."""
        given = {q.number: self._given(q) for q in self.questions}
        asked = [q for q in self.questions if q.is_asked(given)]
        return tuple(Answer(q, given[q.number], files.get(_name(q))) for q in asked)

    def _given(self, question: Question) -> tuple[str, ...]:
        field = self[_name(question)]
        if isinstance(field, ResumeField):
            return (harmless_name(field.data.filename),) if field.data else ()
        data = field.data
        if isinstance(data, list):
            return tuple(data)
        return (str(data),) if data not in (None, "") else ()


Form = TypeVar("Form", bound=AnswersForm)


def asking(form: type[Form], questions: Sequence[Question]) -> type[Form]:
    """The form, with a field for each question."""
    fields = {_name(question): _answer_field(question) for question in questions}
    return type("Asking", (form,), {"questions": questions, **fields})


def _name(question: Question) -> str:
    return f"question_{question.number}"


def _answer_field(question: Question) -> Field:
    label, hint = question.text, _hint(question)
    choices = [SelectChoice(option, option) for option in question.options]
    text = [Optional(), Length(max=LONGEST_ANSWER, message=TOO_LONG)]
    makers: dict[Kind, Callable[[], Field]] = {
        Kind.TEXT: lambda: StringField(label, text, description=hint, filters=[clean]),
        Kind.LONG: lambda: TextAreaField(label, text, description=hint, filters=[clean_lines]),
        Kind.CHOICE: lambda: RadioField(label, [Optional()], description=hint, choices=choices),
        Kind.MANY: lambda: CheckboxesField(label, description=hint, choices=choices),
        Kind.NUMBER: lambda: NumberField(label, description=hint),
        Kind.DATE: lambda: DayField(label, [Optional()], description=hint),
        Kind.FILE: lambda: ResumeField(label, description=f"{hint} {FILE_HINT}".strip()),
    }
    return makers[question.kind]()


def _hint(question: Question) -> str:
    """What is needed is said before it is answered."""
    needed = f"The employer needs: {question.wanted}." if question.wanted else ""
    after = f"If you answered question {question.after} with “{question.after_answer}”."
    return " ".join(filter(None, (after if question.after else "", needed)))

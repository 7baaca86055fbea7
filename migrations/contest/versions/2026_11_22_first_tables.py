"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("society", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("lede", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("word_limit", sa.Integer(), nullable=True),
        sa.Column("reference_limit", sa.Integer(), nullable=True),
        sa.Column("number_digits", sa.Integer(), nullable=False),
        sa.Column("keys_needed", sa.Integer(), nullable=False),
        sa.Column("tie_rule", sa.String(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest")),
        sa.UniqueConstraint("slug", name=op.f("uq_contest_slug")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("totp_secret", sa.String(), nullable=False),
        sa.Column("last_totp_step", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "announcement",
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["announced_by"], ["person.id"], name=op.f("fk_announcement_announced_by")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_announcement_contest_id")),
        sa.PrimaryKeyConstraint("contest_id", name=op.f("pk_announcement")),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("prize", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_category_contest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("contest_id", "key", name=op.f("uq_category_contest_id_key")),
    )
    op.create_table(
        "council_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("also_known_as", sa.JSON(), nullable=False),
        sa.Column("emails", sa.JSON(), nullable=False),
        sa.Column("registration_numbers", sa.JSON(), nullable=False),
        sa.Column("in_office_from", sa.Date(), nullable=False),
        sa.Column("in_office_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_council_member_contest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_member")),
    )
    op.create_index(op.f("ix_council_member_contest_id"), "council_member", ["contest_id"], unique=False)
    op.create_table(
        "criterion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_criterion_contest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("contest_id", "key", name=op.f("uq_criterion_contest_id_key")),
    )
    op.create_table(
        "declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_declaration_contest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("contest_id", "key", name=op.f("uq_declaration_contest_id_key")),
    )
    op.create_table(
        "root",
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("root_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_root_contest_id")),
        sa.PrimaryKeyConstraint("contest_id", "size", "occasion", name=op.f("pk_root")),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_sign_in_contest_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_person_id"), "sign_in", ["person_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_decision_category_id")),
        sa.ForeignKeyConstraint(["locked_by"], ["person.id"], name=op.f("fk_decision_locked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("category_id", name=op.f("uq_decision_category_id")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("nom_de_plume", sa.String(), nullable=False),
        sa.Column("nom_key", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("web", "email", "post", name="channel", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        sa.Column("journal", sa.Boolean(), nullable=False),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        sa.Column(
            "work",
            sa.Enum(
                "none", "first_pass", "retypeset", "done", "repair", name="work", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("work_token", sa.Uuid(), nullable=True),
        sa.Column("essay_version", sa.Integer(), nullable=False),
        sa.Column("last_version", sa.Integer(), nullable=False),
        sa.Column("repair_reason", sa.String(), nullable=False),
        sa.Column("repair_invited_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("manuscript_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_entry_category_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_entry_contest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("contest_id", "nom_key", name=op.f("uq_entry_contest_id_nom_key")),
        sa.UniqueConstraint("contest_id", "number", name=op.f("uq_entry_contest_id_number")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_entry_receipt_hash")),
    )
    op.create_index("ix_entry_list", "entry", ["contest_id", "received_at", "id"], unique=False)
    op.create_index("ix_entry_work", "entry", ["work", "lease_until"], unique=False)
    op.create_table(
        "role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("administrator", "judge", "officer", name="rolekind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("council_member_id", sa.Uuid(), nullable=True),
        sa.Column("alias", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_role_contest_id")),
        sa.ForeignKeyConstraint(
            ["council_member_id"], ["council_member.id"], name=op.f("fk_role_council_member_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint(
            "contest_id", "person_id", "kind", name=op.f("uq_role_contest_id_person_id_kind")
        ),
    )
    op.create_index(op.f("ix_role_contest_id"), "role", ["contest_id"], unique=False)
    op.create_index(op.f("ix_role_person_id"), "role", ["person_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_assignment_entry_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_assignment_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("entry_id", "role_id", name=op.f("uq_assignment_entry_id_role_id")),
    )
    op.create_index(op.f("ix_assignment_role_id"), "assignment", ["role_id"], unique=False)
    op.create_table(
        "award",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "winner", "shared", "commended", "reserve", name="awardkind", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_award_decision_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_award_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint(
            "decision_id", "entry_id", "kind", name=op.f("uq_award_decision_id_entry_id_kind")
        ),
    )
    op.create_table(
        "exclusion",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("council_member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_member_id"], ["council_member.id"], name=op.f("fk_exclusion_council_member_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_exclusion_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "council_member_id", name=op.f("pk_exclusion")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("suggestion", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("stand_in", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_finding_decided_by")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_finding_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_entry_id"), "finding", ["entry_id"], unique=False)
    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_hold_entry_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_hold_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_entry_id"), "hold", ["entry_id"], unique=False)
    op.create_table(
        "interest_declaration",
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_interest_declaration_role_id")),
        sa.PrimaryKeyConstraint("role_id", name=op.f("pk_interest_declaration")),
    )
    op.create_table(
        "leaf",
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("leaf_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("appended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_leaf_contest_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_leaf_entry_id")),
        sa.PrimaryKeyConstraint("contest_id", "position", name=op.f("pk_leaf")),
    )
    op.create_index(op.f("ix_leaf_entry_id"), "leaf", ["entry_id"], unique=False)
    op.create_table(
        "officer_key",
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_officer_key_role_id")),
        sa.PrimaryKeyConstraint("role_id", name=op.f("pk_officer_key")),
    )
    op.create_table(
        "opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("award", "eligibility", name="purpose", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("eligibility_note", sa.String(), nullable=False),
        sa.Column("eligibility_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_opening_entry_id")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_opening_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_index(op.f("ix_opening_entry_id"), "opening", ["entry_id"], unique=False)
    op.create_table(
        "paper_copy",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("copies_place", sa.String(), nullable=False),
        sa.Column("envelope_label", sa.String(), nullable=False),
        sa.Column("envelope_place", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("logged_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_paper_copy_entry_id")),
        sa.ForeignKeyConstraint(["logged_by"], ["person.id"], name=op.f("fk_paper_copy_logged_by")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_paper_copy")),
    )
    op.create_table(
        "reading_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pdf_key", sa.String(), nullable=False),
        sa.Column("manuscript_key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("references", sa.Integer(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("redacted", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_reading_copy_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_copy")),
        sa.UniqueConstraint("entry_id", "version", name=op.f("uq_reading_copy_entry_id_version")),
    )
    op.create_table(
        "result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "winner", "shared", "commended", "reserve", name="awardkind", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("nom_de_plume", sa.String(), nullable=False),
        sa.Column("announced_as", sa.String(), nullable=False),
        sa.Column("essay_title", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_result_category_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_result_contest_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_result_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
    )
    op.create_index(op.f("ix_result_contest_id"), "result", ["contest_id"], unique=False)
    op.create_table(
        "withdrawal",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_withdrawal_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_withdrawal")),
    )
    op.create_table(
        "flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_flag_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
        sa.UniqueConstraint("assignment_id", "kind", name=op.f("uq_flag_assignment_id_kind")),
    )
    op.create_table(
        "mark",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_mark_assignment_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_mark_criterion_id")),
        sa.PrimaryKeyConstraint("assignment_id", "criterion_id", name=op.f("pk_mark")),
    )
    op.create_table(
        "mark_lock",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("reading_copy_id", sa.Uuid(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_mark_lock_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["reading_copy_id"], ["reading_copy.id"], name=op.f("fk_mark_lock_reading_copy_id")
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_mark_lock")),
    )
    op.create_table(
        "recusal",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum("conflict", "recognised", name="recusalcause", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("recused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_recusal_assignment_id")),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_recusal")),
    )
    op.create_table(
        "release",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reading_copy_id", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_release_entry_id")),
        sa.ForeignKeyConstraint(
            ["reading_copy_id"], ["reading_copy.id"], name=op.f("fk_release_reading_copy_id")
        ),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_release_released_by")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_release")),
    )


def downgrade() -> None:
    op.drop_table("release")
    op.drop_table("recusal")
    op.drop_table("mark_lock")
    op.drop_table("mark")
    op.drop_table("flag")
    op.drop_table("withdrawal")
    op.drop_index(op.f("ix_result_contest_id"), table_name="result")
    op.drop_table("result")
    op.drop_table("reading_copy")
    op.drop_table("paper_copy")
    op.drop_index(op.f("ix_opening_entry_id"), table_name="opening")
    op.drop_table("opening")
    op.drop_table("officer_key")
    op.drop_index(op.f("ix_leaf_entry_id"), table_name="leaf")
    op.drop_table("leaf")
    op.drop_table("interest_declaration")
    op.drop_index(op.f("ix_hold_entry_id"), table_name="hold")
    op.drop_table("hold")
    op.drop_index(op.f("ix_finding_entry_id"), table_name="finding")
    op.drop_table("finding")
    op.drop_table("exclusion")
    op.drop_table("award")
    op.drop_index(op.f("ix_assignment_role_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_role_person_id"), table_name="role")
    op.drop_index(op.f("ix_role_contest_id"), table_name="role")
    op.drop_table("role")
    op.drop_index("ix_entry_work", table_name="entry")
    op.drop_index("ix_entry_list", table_name="entry")
    op.drop_table("entry")
    op.drop_table("decision")
    op.drop_index(op.f("ix_sign_in_person_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_table("root")
    op.drop_table("declaration")
    op.drop_table("criterion")
    op.drop_index(op.f("ix_council_member_contest_id"), table_name="council_member")
    op.drop_table("council_member")
    op.drop_table("category")
    op.drop_table("announcement")
    op.drop_table("person")
    op.drop_table("contest")

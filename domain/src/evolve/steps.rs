//! The steps of both procedures, with what has to be seen before each next one. Names of objects are quoted by their own types;
//! sentences hold no text of a schema.

use super::columns::Alteration;
use super::live::Live;
use super::standing::Standing;
use super::{EvolutionStep, Procedure, retire};
use crate::artifact::Slug;
use crate::load::Load;
use crate::platform::Platform;
use crate::sql::{self, Altered};
use crate::subject::Version;
use crate::table::Table;

/// How long the old pipe has to be quiet, at least a checkpoint of the sink job.
pub const GRACE_HOURS: u32 = 24;

/// What an evolution changes.
pub struct Change<'a> {
    pub live: &'a Live,
    /// What the new pipe loads.
    pub table: &'a Table,
    /// The table as it stands at the end.
    pub standing: &'a Table,
    pub load: &'a Load,
    /// What stands at the end besides the columns.
    pub stands: &'a Standing,
    pub statements: &'a [Alteration],
    /// The versions whose pipes are taken out.
    pub retired: &'a [Version],
    pub slug: &'a Slug,
}

pub fn step(title: &str, statements: Vec<String>, checks: Vec<String>, expect: &str, why: &str) -> EvolutionStep {
    EvolutionStep { title: title.into(), statements, checks, expect: expect.into(), why: why.into() }
}

impl Change<'_> {
    /// The steps of a procedure, and those for the pipes that are taken out. What is made anew is not altered.
    pub fn steps(&self, procedure: Procedure, platform: &Platform) -> Vec<EvolutionStep> {
        let mut steps = match procedure {
            Procedure::VersionedPrefix => self.beside(platform),
            Procedure::SamePrefix => self.anew(platform),
            Procedure::TableOnly | Procedure::Retirement => self.alter(platform).into_iter().collect(),
            Procedure::Rebuild => return super::rebuild::steps(self, platform),
        };
        steps.extend(self.retirement(platform));
        steps
    }

    /// The steps for the pipes that are taken out.
    pub fn retirement(&self, platform: &Platform) -> Vec<EvolutionStep> {
        self.retired.iter().flat_map(|version| retire::steps(*version, self, platform)).collect()
    }

    /// Whether the table is altered.
    pub fn alters(&self, platform: &Platform) -> bool {
        self.alter(platform).is_some()
    }

    /// Every change of the table, then its comment; none where nothing of it changes.
    pub fn alter(&self, platform: &Platform) -> Option<EvolutionStep> {
        let name = self.live.table.as_str();
        let table = Altered { name, is_iceberg: self.standing.options.iceberg.is_some(), platform };
        let statements = |alteration: &Alteration| match alteration {
            Alteration::Add(column) => vec![table.add_column(column)],
            Alteration::Widen(column, ty) => vec![table.set_type(column, *ty)],
            Alteration::Loosen(column) => vec![table.drop_not_null(column)],
            Alteration::Comment(column, comment) => vec![sql::comment_on_column(name, column, comment, platform)],
            Alteration::Attributes(column, stood, wanted) => sql::alter_attributes(table, column, (stood, wanted)),
        };
        let mut statements: Vec<String> = self.statements.iter().flat_map(statements).collect();
        let stood = self.live.standing.as_ref();
        if stood.and_then(|stood| stood.comment.as_ref()) != Some(&self.standing.comment) {
            statements.push(sql::comment_on_table(name, &self.standing.comment, platform));
        }
        statements.extend(self.options(table));
        let count = self.standing.columns().count();
        let altered = step(
            "Alter the table",
            statements,
            vec![sql::describe_table(name, platform)],
            &format!("The table has exactly the {count} columns of its definition, new ones last."),
            "The pipes that load now name their columns, so that new ones do not disturb them; a statement a column, so that a failure leaves no doubt what was done.",
        );
        (!altered.statements.is_empty()).then_some(altered)
    }

    /// What changes about the table's options and about who hears of its pipes' errors.
    fn options(&self, table: Altered<'_>) -> Vec<String> {
        let Some(stood) = &self.live.standing else { return Vec::new() };
        let mut statements = sql::alter_options(table, &stood.options, &self.standing.options);
        if stood.error_integration != self.stands.error_integration {
            let integration = self.stands.error_integration.as_ref();
            let stay = self.live.versions.iter().filter(|version| !self.retired.contains(version));
            let pipes = stay.map(|version| self.load.pipe_of(*version));
            statements.extend(pipes.map(|pipe| sql::set_error_integration(&pipe, integration, table.platform)));
        }
        statements
    }

    /// The pipe with its grants.
    pub fn create_pipe(&self, platform: &Platform) -> Vec<String> {
        let grants = sql::grants(self.table, self.load, platform);
        let mut statements = vec![sql::create_pipe(self.table, self.load, platform).trim_end().to_owned()];
        statements.extend(grants.lines().map(str::to_owned));
        statements
    }

    fn old_pipes(&self) -> Vec<String> {
        let is_old = |version: &&Version| **version != self.load.version && !self.retired.contains(version);
        self.live.versions.iter().filter(is_old).map(|version| self.load.pipe_of(*version)).collect()
    }

    /// Procedure A.
    fn beside(&self, platform: &Platform) -> Vec<EvolutionStep> {
        let new = &self.load.pipe;
        let status = |pipe: &String| sql::pipe_status(pipe, platform);
        let old = self.old_pipes();
        let alter = self.alter(platform).into_iter();
        let beside = [
            step(
                "Create the pipe of the new version",
                self.create_pipe(platform),
                vec![sql::pipe_status(new, platform), sql::describe_pipe(new, platform)],
                "executionState is RUNNING, and the bucket notifies the pipe's notification_channel of the new prefix.",
                "The prefixes do not overlap, so no file is loaded by two pipes.",
            ),
            step(
                "Switch the sink job to the new version",
                Vec::new(),
                vec![
                    sql::list_files(self.load, self.load.version, platform),
                    sql::loaded_files(&self.live.table, platform),
                ],
                "Files arrive under the new prefix and are loaded.",
                "The sink job writes under the new prefix only when its pipe is there to take the notifications.",
            ),
            step(
                "Let the old pipe drain",
                Vec::new(),
                old.iter().map(status).collect(),
                &format!(
                    "pendingFileCount and numOutstandingMessagesOnChannel have been 0 for {GRACE_HOURS} hours, and nothing arrives under the old prefix."
                ),
                "What the sink job wrote before the switch is still on its way.",
            ),
            step(
                "Have the old pipe taken out",
                Vec::new(),
                Vec::new(),
                "The catalogue of events offers it for each pipe that is not the newest, and a request of its own drops it.",
                "Terraform would make a pipe again that is only dropped, so that its entry has to go in a reviewed change of its own.",
            ),
        ];
        alter.chain(beside).collect()
    }

    /// Procedure B.
    fn anew(&self, platform: &Platform) -> Vec<EvolutionStep> {
        let pipe = &self.load.pipe;
        let status = || vec![sql::pipe_status(pipe, platform)];
        let is_grant = |line: &&str| line.starts_with("GRANT");
        let create = sql::replace_pipe(self.table, self.load, platform).trim_end().to_owned();
        let mut create = vec![create, sql::pause_pipe(pipe, platform)];
        let grants = sql::grants(self.table, self.load, platform);
        create.extend(grants.lines().filter(is_grant).map(str::to_owned));
        let drain = [step(
            "Stop the sink job's commits and let the pipe drain",
            Vec::new(),
            status(),
            "pendingFileCount is 0. Write the time down as T0.",
            "A paused pipe does not drain, so it has to be empty before.",
        )];
        let replace = [
            step(
                "Pause the pipe",
                vec![sql::pause_pipe(pipe, platform)],
                status(),
                "executionState is PAUSED and pendingFileCount is still 0.",
                "A pipe is only made anew while it takes no files.",
            ),
            step(
                "Make the pipe anew, paused",
                create,
                vec![sql::describe_pipe(pipe, platform)],
                "notification_channel is the one that the bucket notifies.",
                "The COPY of a pipe cannot be altered; a new pipe has no history and no grants.",
            ),
            step(
                "Resume",
                vec![format!("SELECT SYSTEM$PIPE_FORCE_RESUME({});", sql::pipe_literal(pipe, platform))],
                status(),
                "executionState is RUNNING.",
                "Its owner changed while it was paused, so it is resumed by force.",
            ),
            step(
                "Load what arrived in between",
                Vec::new(),
                vec![
                    sql::list_files(self.load, self.load.version, platform),
                    sql::loaded_files(&self.live.table, platform),
                ],
                "Every file since T0 is in the history. Load those that are not with COPY INTO and FILES, or with REFRESH, PREFIX and MODIFIED_AFTER where that is exactly the set; use one of the two, never a bare REFRESH.",
                "The new pipe does not know what the old one loaded: a bare REFRESH would load a week of files twice.",
            ),
        ];
        drain.into_iter().chain(self.alter(platform)).chain(replace).collect()
    }
}

//! The generated registry: names as companies give them, by four conventions, and fields whose names recur by the law of Zipf.

use std::collections::{BTreeMap, BTreeSet};

use domain::compare::Level;
use domain::search::{Entry, EntryVersion, Extract};
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};

use crate::random::{Random, Zipf};

/// How many fields a subject has.
pub const FIELDS: usize = 25;
const FIELD_NAMES: usize = 200_000;
const ENVS: [&str; 8] = ["prod", "stage", "dev", "dr", "test", "qa", "sandbox", "perf"];
const VERBS: [&str; 25] = [
    "created",
    "updated",
    "deleted",
    "placed",
    "cancelled",
    "shipped",
    "refunded",
    "paid",
    "started",
    "finished",
    "failed",
    "expired",
    "assigned",
    "accepted",
    "rejected",
    "viewed",
    "clicked",
    "added",
    "removed",
    "restored",
    "merged",
    "split",
    "closed",
    "opened",
    "changed",
];
const NOUNS: [&str; 40] = [
    "order",
    "cart",
    "payment",
    "customer",
    "session",
    "account",
    "invoice",
    "shipment",
    "courier",
    "menu",
    "store",
    "refund",
    "coupon",
    "review",
    "device",
    "login",
    "address",
    "item",
    "basket",
    "driver",
    "wallet",
    "ledger",
    "payout",
    "ticket",
    "message",
    "alert",
    "profile",
    "campaign",
    "click",
    "search",
    "stock",
    "price",
    "promotion",
    "subscription",
    "vehicle",
    "route",
    "zone",
    "shift",
    "goods_receipt",
    "user",
];
const PARTS: [&str; 32] = [
    "id",
    "email",
    "amount",
    "name",
    "type",
    "status",
    "created_at",
    "updated_at",
    "customer",
    "user",
    "count",
    "code",
    "value",
    "total",
    "currency",
    "country",
    "city",
    "street",
    "phone",
    "first",
    "last",
    "key",
    "flag",
    "source",
    "target",
    "version",
    "time",
    "zone",
    "rate",
    "score",
    "price",
    "note",
];
const TYPES: [&str; 12] = [
    "string",
    "long",
    "int",
    "double",
    "boolean",
    "bytes",
    "timestamp(3)",
    "decimal(12,2)",
    "record",
    "array<string>",
    "map<string>",
    "enum · 4",
];

/// What the entries are made of.
pub struct Corpus {
    /// Names in ascending order, each once.
    pub names: Vec<String>,
    field_names: Vec<String>,
    frequency: Zipf,
}

impl Corpus {
    pub fn new(subjects: usize) -> Self {
        let mut random = Random::new(42);
        let (services, entities) =
            (words(&mut random, power(subjects, 0.55)), words(&mut random, power(subjects, 0.6)));
        let picks = [8, 40, services.len(), entities.len(), VERBS.len()].map(|bound| Zipf::new(bound, 0.8));
        let teams = words(&mut random, 40);
        let mut names = BTreeSet::new();
        while names.len() < subjects {
            let [env, team, service, entity, verb] = [0, 1, 2, 3, 4].map(|at| picks[at].pick(&mut random));
            let (env, verb) = (ENVS[env], VERBS[verb]);
            let (team, service, entity) = (&teams[team], &services[service], &entities[entity]);
            let version = if random.unit() < 0.35 { format!(".v{}", 1 + random.below(30)) } else { String::new() };
            let suffix = ["-value", "-value", "-value", "-key", ""][random.below(5)];
            names.insert(match random.below(100) {
                0..70 => format!("{env}.{service}.{entity}_{verb}{version}{suffix}"),
                70..82 => format!("com.acme.{team}.{service}.{}{}", pascal(entity), pascal(verb)),
                82..92 => format!("cdc.{env}-{service}.public.{entity}s{suffix}"),
                _ => format!("{env}-{team}-{service}-{}-{verb}{suffix}", entity.replace('_', "-")),
            });
        }
        let field_names = field_names(&mut random);
        Self { names: names.into_iter().collect(), field_names, frequency: Zipf::new(FIELD_NAMES, 1.0) }
    }

    /// The entries, one after the other, by name.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        let mut random = Random::new(7);
        let mut id = 0;
        self.names.iter().map(move |name| {
            let version = |version: u32, id: u32, ty: SchemaType| EntryVersion {
                version: Version(version),
                id: SchemaId(id),
                schema_type: ty,
                deleted: false,
            };
            id += 3;
            let ty = SchemaType::ALL[[0, 0, 0, 0, 0, 0, 1, 1, 2, 2][random.below(10)]];
            let mut versions: Vec<EntryVersion> = (1..=3).map(|n| version(n, id + n, ty)).collect();
            if random.below(50) == 0 {
                versions.iter_mut().for_each(|version| version.deleted = true);
            }
            let mut fields = BTreeSet::new();
            while fields.len() < FIELDS {
                fields.insert(self.field_names[self.frequency.pick(&mut random)].clone());
            }
            let types = (0..8).map(|_| TYPES[random.below(TYPES.len())].to_owned()).collect();
            Entry {
                registry: ["main", "main", "main", "eu", "legacy"][random.below(5)].to_owned(),
                subject: SubjectName::parse(name.as_str()).unwrap(),
                versions,
                compatibility: (random.below(4) > 0).then(|| Level::ALL[random.below(Level::ALL.len())]),
                newest: Extract { fields, types, ..Extract::default() },
                older: Vec::new(),
            }
        })
    }

    /// The names of all fields of all subjects, one after the other: numbers of names and the names.
    pub fn field_entries(&self) -> (Vec<u32>, Vec<String>) {
        let (mut numbers, mut names, mut all) = (BTreeMap::new(), Vec::new(), Vec::new());
        for entry in self.entries() {
            for field in entry.newest.fields {
                let next = numbers.len() as u32;
                let number = *numbers.entry(field.clone()).or_insert_with(|| {
                    names.push(field);
                    next
                });
                all.push(number);
            }
        }
        (all, names)
    }
}

fn power(of: usize, exponent: f64) -> usize {
    ((of as f64).powf(exponent) as usize).max(8)
}

/// Words of one or two nouns, the later ones numbered.
fn words(random: &mut Random, count: usize) -> Vec<String> {
    let mut all = BTreeSet::new();
    let mut ordered = Vec::new();
    while ordered.len() < count {
        let one = NOUNS[random.below(NOUNS.len())];
        let word = match ordered.len() {
            0..40 => one.to_owned(),
            40..800 => format!("{one}_{}", NOUNS[random.below(NOUNS.len())]),
            _ => format!("{one}_{}{}", PARTS[random.below(PARTS.len())], random.below(count)),
        };
        if all.insert(word.clone()) || ordered.len() < 40 {
            ordered.push(word);
        }
    }
    ordered
}

fn field_names(random: &mut Random) -> Vec<String> {
    let mut all = BTreeSet::new();
    let mut ordered = Vec::new();
    while ordered.len() < FIELD_NAMES {
        let [a, b] = [0; 2].map(|_| PARTS[random.below(PARTS.len())]);
        let noun = NOUNS[random.below(NOUNS.len())];
        let name = match random.below(5) {
            0 => format!("{noun}.{a}_{b}"),
            1 => format!("{noun}{}{}", pascal(a), pascal(b)),
            2 => format!("{a}_{b}_{}", random.below(400)),
            3 => format!("{noun}.[].{a}{}", random.below(300)),
            _ => format!("{a}_{noun}_{b}"),
        };
        let name = if all.len() > FIELD_NAMES / 4 { format!("{name}_{}", random.below(2000)) } else { name };
        if all.insert(name.clone()) {
            ordered.push(name);
        }
    }
    ordered
}

fn pascal(word: &str) -> String {
    let capital = |part: &str| part[..1].to_uppercase() + &part[1..];
    word.split('_').filter(|part| !part.is_empty()).map(capital).collect()
}

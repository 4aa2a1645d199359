//! What an index takes, part by part, and what building it takes.

use std::sync::Arc;

use domain::search::index::{Builder, Index};

use crate::corpus::Corpus;
use crate::counting;
use crate::timing::timed;

pub fn build(corpus: &Corpus) -> Index {
    let mut builder = Builder::default();
    corpus.entries().for_each(|entry| builder.put(&entry));
    builder.build(1)
}

/// Builds the index, anew and from itself with some changes.
pub fn measure(corpus: &Corpus) -> Arc<Index> {
    let subjects = corpus.names.len() as f64;
    let name_bytes = corpus.names.iter().map(String::len).sum::<usize>() as f64 / subjects;
    let before = counting::used();
    counting::most();
    let mut builder = Builder::default();
    let (put, ()) = timed(|| corpus.entries().for_each(|entry| builder.put(&entry)));
    let (built, index) = timed(|| builder.build(1));
    let (used, most) = (counting::used() - before, counting::most() - before);
    println!("\nmemory, bytes a subject (names alone {name_bytes:.1})");
    for (part, bytes) in index.sizes().parts {
        println!("  {part:<24} {:>8.1}", bytes as f64 / subjects);
    }
    println!("  {:<24} {:>8.1}", "all parts", index.sizes().total() as f64 / subjects);
    println!("  {:<24} {:>8.1}   required <= 300", "counted by the allocator", used as f64 / subjects);
    println!(
        "  {:<24} {:>8.1}   putting in {put:.1?}, building {built:.1?}",
        "most while building",
        most as f64 / subjects
    );
    let index = Arc::new(index);
    let changed: Vec<_> = corpus.entries().step_by(100).collect();
    counting::most();
    let (again, other) = timed(|| {
        let mut builder = Builder::over(Arc::clone(&index));
        changed.iter().for_each(|entry| builder.put(entry));
        builder.build(2)
    });
    assert_eq!(other.len(), index.len());
    println!(
        "  with 1 % changed, built again in {again:.1?}, most {:.1}",
        (counting::most() - before) as f64 / subjects
    );
    index
}

//! Searches that people keep: each name once a user, and nobody's but one's own.

use service::ports::store::{NewSearch, SavedSearch};

use crate::world::*;

async fn keep(world: &World, name: &str, of: &str, query: &str) -> SavedSearch {
    let search = NewSearch { user: user(of), name: name.into(), query: query.into(), at: at(1) };
    world.store.save_search(search, audit("search-saved", "")).await.unwrap()
}

#[tokio::test]
async fn a_search_is_kept_under_its_name_and_a_second_of_the_name_replaces_it() {
    let world = world().await;
    let first = keep(&world, "orders", "ann", "q=order").await;
    keep(&world, "carts", "ann", "q=cart").await;
    let second = keep(&world, "orders", "ann", "q=%5Eorder").await;
    assert_eq!(first.id, second.id);
    let kept = world.store.saved_searches(&user("ann")).await.unwrap();
    let kept: Vec<_> = kept.iter().map(|search| (search.name.as_str(), search.query.as_str())).collect();
    assert_eq!(kept, [("carts", "q=cart"), ("orders", "q=%5Eorder")]);
    assert_eq!(actions(&*world.store, &format!("search:{}", first.id)).await.len(), 2);
}

#[tokio::test]
async fn nobody_sees_or_forgets_the_searches_of_another() {
    let world = world().await;
    let kept = keep(&world, "orders", "ann", "q=order").await;
    assert!(world.store.saved_searches(&user("eve")).await.unwrap().is_empty());
    let row = || audit("search-forgotten", &format!("search:{}", kept.id));
    assert!(!world.store.forget_search(&user("eve"), kept.id, row()).await.unwrap());
    assert!(world.store.forget_search(&user("ann"), kept.id, row()).await.unwrap());
    assert!(!world.store.forget_search(&user("ann"), kept.id, row()).await.unwrap());
    assert!(world.store.saved_searches(&user("ann")).await.unwrap().is_empty());
}

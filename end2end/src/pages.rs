//! The console's pages as their visitors know them: what can be done there and what is to be seen, by role and label only.

pub mod designer;
pub mod explore;
pub mod onboarding;
pub mod request;
pub mod review;
pub mod run;
pub mod shell;
pub mod subject;

pub use designer::Designer;
pub use explore::Explore;
pub use request::RequestPage;
pub use review::Review;
pub use run::RunPage;
pub use subject::Subject;

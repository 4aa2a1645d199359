//! The journeys of the console's people, from the first page to the last, through the real binary in a real browser.

mod exploring;

//! Memory goes back to the operating system when it is free.
//!
//! Left to itself glibc stops giving back large blocks after the first one, and keeps up to one heap per thread. Passwords are hashed in
//! 19 MiB on whichever thread is free: a flood of sign-ins would hold hundreds of megabytes, for good.

/// Larger blocks are mapped one by one, and unmapped when they are free. Called before any thread is started.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn give_back_large_blocks() {
    const LARGE: libc::c_int = 1024 * 1024;
    #[expect(unsafe_code, reason = "glibc has no other way to say it from within the program")]
    // SAFETY: no other thread runs yet. A failure changes nothing.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}

/// Other allocators give back what is free by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back_large_blocks() {}

import Datasets
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The signals by which the system ends a program that cannot go on.
///
/// A read of a mapped file that is no longer there is the doing of others, and goes on (`MappedFiles`); whoever reads the file tells it. All else is
/// a bug of ours: that is said, and the process leaves with 70.
public enum FatalSignals {
    /// Installs the handler; for the process as a whole, before it has other threads.
    public static func install() {
        MappedFiles.prepare()
        standOnOwnStack()
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV] {
            var action = sigaction()
            #if canImport(Darwin)
            action.__sigaction_u.__sa_sigaction = { FatalSignals.take($0, $1) }
            #else
            action.__sigaction_handler.sa_sigaction = { number, info, _ in FatalSignals.take(number, info) }
            #endif
            action.sa_flags = Int32(bitPattern: UInt32(truncatingIfNeeded: SA_SIGINFO)) | Int32(bitPattern: UInt32(truncatingIfNeeded: SA_ONSTACK))
            sigaction(number, &action, nil)
        }
    }

    private static let stackByteCount = 64 << 10

    /// Where the main thread has used up its stack, a handler needs another to stand on. Threads of a team neither recurse nor have large frames.
    private static func standOnOwnStack() {
        let map = mmap(nil, stackByteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | Int32(MAP_ANON), -1, 0)
        guard let map, map != MAP_FAILED else { return }
        var stack = stack_t()
        stack.ss_sp = map
        stack.ss_size = numericCast(stackByteCount)
        sigaltstack(&stack, nil)
    }

    /// Only async-signal-safe calls.
    private static func take(_ number: Int32, _ info: UnsafeMutablePointer<siginfo_t>?) {
        let before = errno
        if number == SIGBUS, let address = info.flatMap({ address(of: $0.pointee) }), MappedFiles.lose(at: address) {
            errno = before
            return
        }
        let text: StaticString = "\nnnspec: internal error, please report what you did and the lines above\n"
        _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
        _exit(70)
    }

    /// Which address could not be read.
    private static func address(of info: siginfo_t) -> UnsafeRawPointer? {
        #if canImport(Glibc)
        UnsafeRawPointer(info._sifields._sigfault.si_addr)
        #elseif canImport(Musl)
        UnsafeRawPointer(info.__si_fields.__sigfault.si_addr)
        #else
        UnsafeRawPointer(info.si_addr)
        #endif
    }
}

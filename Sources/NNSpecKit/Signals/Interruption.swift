import Synchronization
import Training
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A wish that a training stop after its step.
public typealias StopFlag = Training.StopFlag

/// SIGINT and SIGTERM. The first lets the step in progress end and its state be saved; the second ends the process at once, and so does the first
/// while no training runs, for there is nothing to save.
public enum Interruption {
    /// Requested by the first signal.
    public static let flag = StopFlag()
    static let terminate = SIGTERM
    private static let isTraining = Atomic<Bool>(false)

    /// Installs the handlers; for the process as a whole, before it has other threads. A signal that whoever started the process had it ignore or
    /// block is handled too: shells and test runners do that to what they start, and a run that is told to stop loses nothing.
    public static func install() {
        // A static is made at its first use, which must not be in a handler.
        _ = flag.isRequested
        _ = isTraining.load(ordering: .relaxed)
        var numbers = sigset_t()
        sigemptyset(&numbers)
        for number in [SIGINT, SIGTERM] {
            sigaddset(&numbers, number)
            var action = sigaction()
            #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = { Interruption.take($0) }
            #else
            action.__sigaction_handler.sa_handler = { Interruption.take($0) }
            #endif
            action.sa_flags = Int32(SA_RESTART)
            sigaction(number, &action, nil)
        }
        sigprocmask(SIG_UNBLOCK, &numbers, nil)
    }

    static func trainingDidStart() { isTraining.store(true, ordering: .relaxed) }

    /// Only async-signal-safe calls.
    private static func take(_ number: Int32) {
        let trains = isTraining.load(ordering: .relaxed)
        if trains, !flag.isRequested { return flag.request(number) }
        let words: StaticString =
            trains
            ? "\nnnspec: stopped at once; --resume goes on from the last checkpoint\n"
            : "\nnnspec: stopped before the training began; nothing was changed\n"
        _ = write(2, words.utf8Start, words.utf8CodeUnitCount)
        _exit(128 + number)
    }
}

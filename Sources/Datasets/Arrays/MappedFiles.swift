import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The files that are mapped into memory at the moment.
///
/// Where such a file is shortened, or its disk goes away, the system answers the next read of its bytes with SIGBUS. The handler of that signal
/// (Sources/NNSpecKit/Signals/FatalSignals.swift) then calls `lose`, which puts zeros in the place of the whole file, so that the reading comes to
/// its end; and whoever has read the file asks whether it is still the one that was opened before anything is made of what was found.
package enum MappedFiles {
    /// A mapping. Never freed, for a handler may look at it at any time: when it is over it waits for the next one.
    struct Entry: ~Copyable {
        fileprivate let isTaken = Atomic<Bool>(true)
        /// The bytes, by their addresses; 0 for none.
        fileprivate let start = Atomic<UInt>(0)
        fileprivate let end = Atomic<UInt>(0)
        fileprivate let wasLost = Atomic<Bool>(false)
        fileprivate let next: UnsafeMutablePointer<Entry>?

        fileprivate init(before next: UnsafeMutablePointer<Entry>?) { self.next = next }
    }

    /// The address of the first entry; 0 while there is none.
    private static let first = Atomic<UInt>(0)

    private static var firstEntry: UnsafeMutablePointer<Entry>? { UnsafeMutablePointer(bitPattern: first.load(ordering: .acquiring)) }

    /// A static is made at its first use, which must not be in a handler.
    package static func prepare() { _ = first.load(ordering: .relaxed) }

    /// From here on, until `remove`, a read that the system refuses gives zeros.
    static func add(_ base: UnsafeRawPointer, _ byteCount: Int) -> UnsafeMutablePointer<Entry> {
        let entry = free() ?? new()
        entry.pointee.wasLost.store(false, ordering: .relaxed)
        entry.pointee.end.store(UInt(bitPattern: base) + UInt(byteCount), ordering: .relaxed)
        entry.pointee.start.store(UInt(bitPattern: base), ordering: .sequentiallyConsistent)
        return entry
    }

    static func remove(_ entry: UnsafeMutablePointer<Entry>) {
        entry.pointee.start.store(0, ordering: .sequentiallyConsistent)
        entry.pointee.isTaken.store(false, ordering: .releasing)
    }

    static func wasLost(_ entry: UnsafeMutablePointer<Entry>) -> Bool { entry.pointee.wasLost.load(ordering: .acquiring) }

    /// What a handler does about a read at an address that the system refused; false if no file is mapped there, or if nothing can be done.
    ///
    /// Only async-signal-safe calls; mmap is one on every system there is, though POSIX does not promise it.
    package static func lose(at address: UnsafeRawPointer) -> Bool {
        let place = UInt(bitPattern: address)
        var entry = firstEntry
        while let found = entry {
            let start = found.pointee.start.load(ordering: .sequentiallyConsistent)
            let end = found.pointee.end.load(ordering: .relaxed)
            if start != 0, start <= place, place < end {
                found.pointee.wasLost.store(true, ordering: .sequentiallyConsistent)
                let zeros = mmap(
                    UnsafeMutableRawPointer(bitPattern: start), max(Int(end - start), 1), PROT_READ, MAP_PRIVATE | Int32(MAP_ANON) | MAP_FIXED, -1, 0)
                return zeros != MAP_FAILED
            }
            entry = found.pointee.next
        }
        return false
    }

    private static func free() -> UnsafeMutablePointer<Entry>? {
        var entry = firstEntry
        while let found = entry {
            if found.pointee.isTaken.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged { return found }
            entry = found.pointee.next
        }
        return nil
    }

    private static func new() -> UnsafeMutablePointer<Entry> {
        let entry = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
        while true {
            let next = firstEntry
            entry.initialize(to: Entry(before: next))
            let (old, new) = (UInt(bitPattern: next), UInt(bitPattern: entry))
            if first.compareExchange(expected: old, desired: new, ordering: .acquiringAndReleasing).exchanged { return entry }
        }
    }
}

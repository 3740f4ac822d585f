import Datasets
import Execution
import SpecLanguage
import Training
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The library's name tag.
public enum NNSpec {
    /// Version of the library and of the command.
    public static let version = "0.1.0"

    /// The language as JSON Schema (draft 2020-12).
    public static var jsonSchema: String { JSONSchema.text }

    /// Cores this process may use.
    static var coreCount: Int { Team.coreCount }

    /// Bytes of physical memory.
    static var physicalMemory: Int {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let size = sysconf(Int32(_SC_PAGESIZE))
        return pages > 0 && size > 0 ? Int(pages) * Int(size) : Int.max
    }
}

/// One row of metrics.csv.
public typealias EpochRecord = Training.EpochRecord
/// Loss, metrics and baseline of one part.
public typealias PartEvaluation = Training.PartEvaluation
/// The epochs of a training and what came of them.
public typealias TrainingRecord = Training.TrainingRecord

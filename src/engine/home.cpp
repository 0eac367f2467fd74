// Where the program's tables and model are.
#include "isnad/engine.hpp"

#include <cstdlib>
#include <filesystem>

namespace isnad {

result<std::string> find_home() {
    namespace fs = std::filesystem;
    std::error_code failed;
    if (const char* given = std::getenv("ISNAD_HOME"); given != nullptr && *given != '\0') {
        if (fs::is_directory(fs::path(given) / "data", failed))
            return std::string(given);
        return error{errc::io, "ISNAD_HOME has no folder data/", given, "set it to the folder with data/ and models/"};
    }
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    const fs::path beside = program.parent_path() / "share" / "isnad";
    const fs::path above = program.parent_path().parent_path() / "share" / "isnad";
    for (const fs::path& home : {beside, above})
        if (fs::is_directory(home / "data", failed))
            return home.string();
    return error{errc::io, "data/ was found neither in " + beside.string() + " nor in " + above.string(), "",
                 "set ISNAD_HOME to the folder with data/ and models/"};
}

} // namespace isnad

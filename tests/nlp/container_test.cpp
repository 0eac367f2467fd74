#include "nlp/container.hpp"
#include "nlp/sha256.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace isnad::nlp {
namespace {

/// A file that is gone with the test.
class scratch_file {
public:
    explicit scratch_file(const std::string& content)
        : path_((std::filesystem::temp_directory_path() /
                 ("isnad-container-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
                  std::to_string(reinterpret_cast<std::uintptr_t>(this))))
                    .string()) {
        std::ofstream(path_, std::ios::binary) << content;
    }
    scratch_file(const scratch_file&) = delete;
    scratch_file& operator=(const scratch_file&) = delete;
    ~scratch_file() { std::filesystem::remove(path_); }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// What training/container.py would write: a float matrix and a text table.
std::string small_model(std::string sections = "") {
    if (sections.empty())
        sections = R"([{"name":"a/m","dtype":"f32","shape":[2,2],"offset":0,"bytes":16},)"
                   R"({"name":"a/t.txt","dtype":"utf8","shape":[8],"offset":64,"bytes":8}])";
    std::string header =
        R"({"format":2,"name":"tiny","version":"1","parts":{"a":{"x":[1,2]}},"sections":)" + sections + "}";
    header.append((64 - (16 + header.size()) % 64) % 64, ' ');
    std::string out = "ISNADM1\n";
    const std::uint64_t size = header.size();
    out.append(reinterpret_cast<const char*>(&size), sizeof size);
    out += header;
    const float values[] = {1, 2, 3, 4};
    out.append(reinterpret_cast<const char*>(values), sizeof values).append(48, '\0');
    out.append("واحد").append(56, '\0');
    const digest sum = sha256(out);
    out.append(reinterpret_cast<const char*>(sum.data()), sum.size());
    return out;
}

TEST(sha256, agrees_with_the_standards_examples) {
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")), // 56 bytes: two last blocks
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(container, gives_back_sections_and_parts) {
    const scratch_file file(small_model());
    const auto model = container::open(file.path());
    ASSERT_TRUE(model.ok()) << model.failure().text();
    EXPECT_EQ(model->name(), "tiny");
    EXPECT_EQ(model->part("a"), R"({"x":[1,2]})");
    EXPECT_EQ(model->part("b"), "");
    const auto matrix = model->array<float>("a/m", {2, 0});
    ASSERT_TRUE(matrix.ok());
    EXPECT_EQ((*matrix)[3], 4.0F);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(matrix->data()) % 64, 0U);
    const auto lines = model->lines("a/t.txt");
    ASSERT_TRUE(lines.ok());
    EXPECT_EQ(lines->front(), "واحد");
    EXPECT_TRUE(model->verify().ok());
}

TEST(container, refuses_what_was_not_asked_for) {
    const scratch_file file(small_model());
    const auto model = container::open(file.path());
    ASSERT_TRUE(model.ok());
    EXPECT_FALSE(model->array<float>("a/m", {4}).ok());
    EXPECT_FALSE(model->array<float>("a/m", {2, 3}).ok());
    EXPECT_FALSE(model->array<std::int32_t>("a/m", {2, 2}).ok());
    EXPECT_FALSE(model->array<float>("a/none", {2, 2}).ok());
    EXPECT_FALSE(model->lines("a/m").ok());
    EXPECT_EQ(model->array<float>("a/none", {2, 2}).failure().code, errc::model);
}

TEST(container, refuses_sections_outside_the_file) {
    for (const char* entry : {R"([{"name":"m","dtype":"f32","shape":[2,2],"offset":128,"bytes":16}])",
                              R"([{"name":"m","dtype":"f32","shape":[64],"offset":0,"bytes":256}])",
                              R"([{"name":"m","dtype":"f32","shape":[2,2],"offset":4,"bytes":16}])",
                              R"([{"name":"m","dtype":"f32","shape":[3,2],"offset":0,"bytes":16}])",
                              R"([{"name":"m","dtype":"f99","shape":[2,2],"offset":0,"bytes":16}])",
                              R"([{"name":"m","dtype":"f32","shape":[4611686018427387905,4],"offset":0,"bytes":16}])",
                              R"([{"name":"m","dtype":"f32","shape":[2,2],"offset":18446744073709551552,"bytes":16}])",
                              R"([{"name":"m"}])"}) {
        const scratch_file file(small_model(entry));
        const auto model = container::open(file.path());
        ASSERT_FALSE(model.ok()) << entry;
        EXPECT_EQ(model.failure().code, errc::model) << entry;
    }
}

TEST(container, a_file_cut_short_is_an_error_or_does_not_verify) {
    const std::string whole = small_model();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const scratch_file file(whole.substr(0, size));
        const auto model = container::open(file.path());
        EXPECT_TRUE(!model.ok() || !model->verify().ok()) << size;
    }
}

TEST(container, any_changed_byte_is_an_error_or_does_not_verify) {
    const std::string whole = small_model();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x15);
        const scratch_file file(changed);
        const auto model = container::open(file.path());
        EXPECT_TRUE(!model.ok() || !model->verify().ok()) << at;
    }
}

TEST(container, a_missing_file_is_an_input_error) {
    const auto model = container::open("/nowhere/at/all.model");
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.failure().code, errc::io);
}

} // namespace
} // namespace isnad::nlp

# The house rules of the build: one static library per folder, warnings are errors, tests mirror the tree.

# JIEBAN_BATCH: files are compiled in batches (tools/batches), so that headers are parsed once a batch:
# most of the time of a build. Off in the presets of daily work, where each file stands alone, and has
# to include what it uses.
option(JIEBAN_BATCH "compile in batches" OFF)

add_library(house_flags INTERFACE)
target_include_directories(house_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(house_flags INTERFACE -Wall -Wextra -Wconversion -Wnon-virtual-dtor -Werror
  -fno-omit-frame-pointer)
# In a batch a local name may be that of another file's hidden constant, and no file but the batch is
# the one that a hidden type belongs to. Both mean something where each file is compiled alone.
if(NOT JIEBAN_BATCH)
  target_compile_options(house_flags INTERFACE -Wshadow)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(house_flags INTERFACE -Wno-subobject-linkage)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(house_flags INTERFACE -Wno-sign-conversion)
endif()
if(JIEBAN_SANITIZE)
  target_compile_options(house_flags INTERFACE -fsanitize=${JIEBAN_SANITIZE}
    -fno-sanitize-recover=all
    # g++ 12 sees uninitialised std::variant members where the sanitizers reshape the code.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized>)
  target_link_options(house_flags INTERFACE -fsanitize=${JIEBAN_SANITIZE})
endif()
if(JIEBAN_FUZZ)
  target_compile_options(house_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# jieban_batches(TARGET): once all sources of the target are known, at the end of its folder.
function(jieban_batches target)
  if(JIEBAN_BATCH)
    cmake_language(EVAL CODE "cmake_language(DEFER CALL jieban_group [[${target}]])")
  endif()
endfunction()

function(jieban_group target)
  get_target_property(sources ${target} SOURCES)
  # A name that clashes since splits a batch; one in a header does so when cmake is called next.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources}
    ${CMAKE_SOURCE_DIR}/tools/batches)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/batches 20 ${sources}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE batches
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" batches "${batches}")
  set(number 0)
  foreach(batch ${batches})
    math(EXPR number "${number} + 1")
    separate_arguments(batch)
    set_source_files_properties(${batch} PROPERTIES UNITY_GROUP batch_${number})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# jieban_library(NAME LINKS public... PRIVATE third-party... DEFINES ...): all .cc files of this folder.
function(jieban_library name)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE;DEFINES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(sources)
    add_library(jieban_${name} STATIC ${sources})
    target_link_libraries(jieban_${name} PUBLIC house_flags ${arg_LINKS} PRIVATE ${arg_PRIVATE})
    target_compile_definitions(jieban_${name} PRIVATE ${arg_DEFINES})
    jieban_batches(jieban_${name})
  else()
    add_library(jieban_${name} INTERFACE)
    target_link_libraries(jieban_${name} INTERFACE house_flags ${arg_LINKS})
  endif()
endfunction()

# jieban_tests(NAME LINKS ...): one test program of all *_test.cc files below this folder.
function(jieban_tests name)
  cmake_parse_arguments(arg "" "TIMEOUT" "LINKS;LABELS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cc)
  if(NOT sources)
    return()
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name}_test ${sources})
  jieban_batches(${name}_test)
  # Most of a build is tests that do little: what they call is optimised, they need not be. Only in
  # batches, where nobody steps through them; and not where much is done with templates of their own.
  if(JIEBAN_BATCH AND name MATCHES "^(unit_|oracles$|issues$)")
    target_compile_options(${name}_test PRIVATE -O0)
  endif()
  target_link_libraries(${name}_test PRIVATE house_flags ${arg_LINKS} GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE
    JIEBAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}" JIEBAN_BINARY_DIR="${CMAKE_BINARY_DIR}/bin")
  add_test(NAME ${name} COMMAND ${name}_test)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()

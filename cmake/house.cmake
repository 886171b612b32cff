# The house rules of the build: one static library per folder, warnings are errors, tests mirror the tree.

# JIEBAN_BATCH: what is compiled in batches of files (tools/batches): headers are parsed once a batch.
# "tests" (the ci preset), "all" (the fuzz preset) or nothing: each file alone, as in the presets of
# daily work and of what a street runs, so that every file includes what it uses.
set(JIEBAN_BATCH "" CACHE STRING "compile in batches: tests, all or nothing")

add_library(house_flags INTERFACE)
target_include_directories(house_flags INTERFACE ${CMAKE_SOURCE_DIR})
# Where whole libraries are read as one, a local name may be that of another file's hidden constant;
# alone, where it means something, each file is checked by the other presets.
target_compile_options(house_flags INTERFACE -Wall -Wextra -Wconversion
  $<$<NOT:$<STREQUAL:${JIEBAN_BATCH},all>>:-Wshadow> -Wnon-virtual-dtor -Werror -fno-omit-frame-pointer)
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

# jieban_batches(TARGET KIND): KIND is tests or library; call after the sources are known.
function(jieban_batches target kind)
  if(NOT JIEBAN_BATCH STREQUAL kind AND NOT JIEBAN_BATCH STREQUAL "all")
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  # A name that clashes since splits a batch.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/batches 12 ${sources}
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
    jieban_batches(jieban_${name} library)
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
  jieban_batches(${name}_test tests)
  # Most of a build is unit tests, which do little: what they call is optimised, they need not be.
  # Only in batches, where nobody steps through them.
  if(JIEBAN_BATCH STREQUAL "tests" AND name MATCHES "^unit_")
    target_compile_options(${name}_test PRIVATE -O0)
  endif()
  target_link_libraries(${name}_test PRIVATE house_flags ${arg_LINKS} GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE
    JIEBAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}" JIEBAN_BINARY_DIR="${CMAKE_BINARY_DIR}/bin")
  add_test(NAME ${name} COMMAND ${name}_test)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()
